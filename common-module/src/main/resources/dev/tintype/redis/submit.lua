-- Stores a job and puts it into its tenant's queue. The same job sent again changes nothing.
--
-- KEYS[1] job        HASH    the job
-- KEYS[2] queue      ZSET    the tenant's waiting jobs, by rank
-- KEYS[3] ring       ZSET    tenants with waiting jobs, by when they were last served
-- KEYS[4] rank       STRING  the last rank that was given
-- KEYS[5] timeline   STREAM  the job's story
-- ARGV[1] job id
-- ARGV[2] tenant
-- ARGV[3] url of the page, empty for inline html
-- ARGV[4] spec, JSON
-- ARGV[5] channel that announces queued jobs
--
-- {"OK", when it was stored (ms), jobs ahead of it in the tenant's queue}

local id, tenant = ARGV[1], ARGV[2]
local created = redis.call('HGET', KEYS[1], 'createdMillis')
if not created then
  local time = redis.call('TIME')
  created = time[1] * 1000 + math.floor(time[2] / 1000)
  local rank = redis.call('INCR', KEYS[4])
  redis.call('HSET', KEYS[1], 'state', 'queued', 'tenant', tenant, 'url', ARGV[3], 'spec', ARGV[4],
    'rank', rank, 'attempt', 0, 'crashes', 0, 'createdMillis', created)
  redis.call('ZADD', KEYS[2], rank, id)
  redis.call('ZADD', KEYS[3], 'NX', 0, tenant)
  redis.call('XADD', KEYS[5], '*', 'event', 'queued', 'attempt', 0)
  redis.call('PUBLISH', ARGV[5], id)
end
return {'OK', tostring(created), redis.call('ZRANK', KEYS[2], id) or 0}
