-- Takes running jobs away from workers that stopped renewing: back to their place in the queue, or, when a job has cost
-- too many workers, to failed, so that a poison page does not walk through the fleet.
--
-- KEYS[1] leases     ZSET    running jobs, by lease end, ms
-- KEYS[2] ring       ZSET    tenants with waiting jobs, by when they were last served
-- ARGV[1] prefix of job:<id>, q:<tenant>, timeline:<id>
-- ARGV[2] how many jobs at most
-- ARGV[3] crashes after which a job fails
-- ARGV[4] failure of such a job, JSON
-- ARGV[5] its code, for the timeline
-- ARGV[6] how long the finished job is kept, ms
-- ARGV[7] channel that announces queued jobs
-- ARGV[8] channel that announces finished jobs
--
-- flat list of id, attempt, worker, "queued" | "failed"

local prefix = ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local reclaimed = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[2])) do
  redis.call('ZREM', KEYS[1], id)
  local key, timeline = prefix .. 'job:' .. id, prefix .. 'timeline:' .. id
  local job = redis.call('HMGET', key, 'state', 'attempt', 'worker', 'tenant', 'rank')
  if job[1] == 'running' then
    local crashes = redis.call('HINCRBY', key, 'crashes', 1)
    local state = 'queued'
    redis.call('XADD', timeline, '*', 'event', 'lease_expired', 'attempt', job[2], 'worker', job[3])
    if crashes >= tonumber(ARGV[3]) then
      state = 'failed'
      redis.call('HSET', key, 'failure', ARGV[4], 'finishedMillis', now)
      redis.call('HDEL', key, 'spec')
      redis.call('XADD', timeline, '*', 'event', 'failed', 'attempt', job[2], 'worker', job[3], 'detail', ARGV[5])
      redis.call('PEXPIRE', key, ARGV[6])
      redis.call('PEXPIRE', timeline, ARGV[6])
      redis.call('PUBLISH', ARGV[8], id)
    else
      redis.call('ZADD', prefix .. 'q:' .. job[4], job[5], id)
      redis.call('ZADD', KEYS[2], 'NX', 0, job[4])
      redis.call('PUBLISH', ARGV[7], id)
    end
    redis.call('HSET', key, 'state', state)
    for _, word in ipairs({id, job[2], job[3], state}) do
      table.insert(reclaimed, word)
    end
  end
end
return reclaimed
