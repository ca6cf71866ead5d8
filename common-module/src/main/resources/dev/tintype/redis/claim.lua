-- Gives a worker the first job of the tenant that was served longest ago, and starts the job's lease.
--
-- KEYS[1] ring       ZSET    tenants with waiting jobs, by when they were last served
-- KEYS[2] leases     ZSET    running jobs, by lease end, ms
-- KEYS[3] turn       STRING  the last turn on the ring
-- KEYS[4] answer     STRING  job and attempt that this very claim was given before, if its reply was lost
-- ARGV[1] prefix of the keys that depend on what is found: q:<tenant>, job:<id>, timeline:<id>
-- ARGV[2] worker
-- ARGV[3] lease, ms
-- ARGV[4] how long the answer is remembered, ms
--
-- {"CLAIMED", id, attempt, spec}
-- {"EMPTY"}

local prefix, worker = ARGV[1], ARGV[2]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local answered = redis.call('GET', KEYS[4])
if answered then
  local id, attempt = string.match(answered, '^(%S+) (%d+)$')
  local job = redis.call('HMGET', prefix .. 'job:' .. id, 'state', 'attempt', 'spec')
  if job[1] == 'running' and job[2] == attempt then
    redis.call('ZADD', KEYS[2], now + ARGV[3], id) -- the work begins now, and so does the lease
    return {'CLAIMED', id, attempt, job[3]}
  end
  return {'EMPTY'}
end

-- Tenants leave the ring when their queue is found empty; a bounded number of them per call.
for _ = 1, 100 do
  local tenant = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
  if not tenant then
    return {'EMPTY'}
  end
  local id = redis.call('ZPOPMIN', prefix .. 'q:' .. tenant)[1]
  if not id then
    redis.call('ZREM', KEYS[1], tenant)
  else
    redis.call('ZADD', KEYS[1], redis.call('INCR', KEYS[3]), tenant)
    local key = prefix .. 'job:' .. id
    if redis.call('HGET', key, 'state') == 'queued' then
      local attempt = redis.call('HINCRBY', key, 'attempt', 1)
      redis.call('HSET', key, 'state', 'running', 'worker', worker, 'startedMillis', now)
      redis.call('ZADD', KEYS[2], now + ARGV[3], id)
      redis.call('XADD', prefix .. 'timeline:' .. id, '*', 'event', 'started', 'attempt', attempt, 'worker', worker)
      redis.call('SET', KEYS[4], id .. ' ' .. attempt, 'PX', ARGV[4])
      return {'CLAIMED', id, attempt, redis.call('HGET', key, 'spec')}
    end
  end
end
return {'EMPTY'}
