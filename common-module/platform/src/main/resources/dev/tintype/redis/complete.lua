-- Ends a running job with images that are already stored: from now on the job refers to them.
--
-- Uses
--   context   allow_when_full
--   job       read_job
--   running   charge_rest, leave_running
--   finished  finish_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] job ID
-- ARGV[2] attempt, the fencing token
-- ARGV[3] result, JSON
-- ARGV[4] bytes of all images
--
-- "OK"          the job has succeeded, by this call or by the same call sent before
-- "CANCELLED"   nothing was changed: the job was cancelled
-- "LEASE_LOST"  nothing was changed

local id, attempt, result, bytes = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local job = read_job(id, 'result')
if job.attempt ~= attempt then
  return 'LEASE_LOST'
elseif job.state == 'succeeded' and job.result == result then
  return 'OK'
elseif job.state ~= 'running' then
  return job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST'
end
allow_when_full()
charge_rest(job, bytes)
leave_running(job)
finish_job(job, 'succeeded', {worker = job.worker}, 'result', result, 'bytes', bytes)
return 'OK'
