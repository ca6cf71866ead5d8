-- Records how many images an attempt will store, before it stores the second, so that all of them are deleted if the attempt
-- ends without a result.
--
-- Uses
--   context  allow_when_full
--   job      read_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] job ID
-- ARGV[2] attempt, the fencing token
-- ARGV[3] number of images
--
-- "OK"          they may be stored
-- "CANCELLED"   nothing was changed: the job was cancelled
-- "LEASE_LOST"  nothing was changed

local id, attempt, images = ARGV[1], ARGV[2], ARGV[3]

local job = read_job(id)
if job.attempt ~= attempt then
  return 'LEASE_LOST'
elseif job.state ~= 'running' then
  return job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST'
end
allow_when_full()
redis.call('HSET', job.key, 'images', images)
return 'OK'
