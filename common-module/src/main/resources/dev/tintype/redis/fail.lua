-- Ends a running job without an image.
--
-- KEYS[1] job        HASH    the job
-- KEYS[2] leases     ZSET    running jobs, by lease end, ms
-- KEYS[3] timeline   STREAM  the job's story
-- ARGV[1] id
-- ARGV[2] attempt, the fencing token
-- ARGV[3] failure, JSON
-- ARGV[4] failure code, for the timeline
-- ARGV[5] how long the finished job is kept, ms
-- ARGV[6] channel that announces finished jobs
--
-- "OK"          the job has failed, by this call or by the same one sent before
-- "LEASE_LOST"  nothing was changed

local job = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'worker', 'failure')
if job[1] == 'failed' and job[2] == ARGV[2] and job[4] == ARGV[3] then
  return 'OK'
end
if job[1] ~= 'running' or job[2] ~= ARGV[2] then
  return 'LEASE_LOST'
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- What shrinks comes first: a full Redis lets a script that has begun to write finish, but refuses one that begins to grow.
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[1], 'spec') -- up to 5 MiB of inline page, and nobody reads it again
redis.call('HSET', KEYS[1], 'state', 'failed', 'failure', ARGV[3], 'finishedMillis', now)
redis.call('XADD', KEYS[3], '*', 'event', 'failed', 'attempt', ARGV[2], 'worker', job[3], 'detail', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PEXPIRE', KEYS[3], ARGV[5])
redis.call('PUBLISH', ARGV[6], ARGV[1])
return 'OK'
