-- Deletes a job and its images. A job that has not finished is cancelled first.
--
-- Uses
--   context       prefix, allow_when_full
--   job           read_job
--   cancellation  cancel_job
--   deletion      delete_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] job ID
-- ARGV[2] how long the tombstone is kept, ms
--
-- "DELETED"  by this call or earlier
-- "UNKNOWN"  there never was such a job, or its tombstone has expired

local id, tombstone_millis = ARGV[1], ARGV[2]

local job = read_job(id)
if not job.state then
  return redis.call('EXISTS', prefix .. 'gone:' .. id) == 1 and 'DELETED' or 'UNKNOWN'
end
allow_when_full()
cancel_job(job)
delete_job(id, 'deleted', tombstone_millis)
return 'DELETED'
