-- Cancels a job that has not finished. A worker that runs it learns of it at once from the announcement that the job has
-- finished, or with its next renewal.
--
-- Uses
--   context       allow_when_full
--   job           read_job
--   cancellation  cancel_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] job ID
--
-- "CANCELLED"  by this call or earlier
-- "FINISHED"   the job had finished before in another way
-- "UNKNOWN"    there is no such job

local id = ARGV[1]

local job = read_job(id)
if not job.state then
  return 'UNKNOWN'
end
allow_when_full()
return cancel_job(job)
