-- Gives a running job back to the place in the queue that it came from.
--
-- KEYS[1] job        HASH    the job
-- KEYS[2] leases     ZSET    running jobs, by lease end, ms
-- KEYS[3] ring       ZSET    tenants with waiting jobs, by when they were last served
-- KEYS[4] timeline   STREAM  the job's story
-- ARGV[1] id
-- ARGV[2] attempt, the fencing token
-- ARGV[3] prefix of q:<tenant>
-- ARGV[4] channel that announces queued jobs
--
-- "OK"          the job waits again
-- "LEASE_LOST"  nothing was changed

local job = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'worker', 'tenant', 'rank')
if job[1] ~= 'running' or job[2] ~= ARGV[2] then
  return 'LEASE_LOST'
end
redis.call('HSET', KEYS[1], 'state', 'queued')
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', ARGV[3] .. 'q:' .. job[4], job[5], ARGV[1])
redis.call('ZADD', KEYS[3], 'NX', 0, job[4])
redis.call('XADD', KEYS[4], '*', 'event', 'released', 'attempt', ARGV[2], 'worker', job[3])
redis.call('PUBLISH', ARGV[4], ARGV[1])
return 'OK'
