-- Returns a running job to its old place in the queue. The attempt does not count as failed.
--
-- Uses
--   context  allow_when_full
--   job      read_job, add_to_timeline
--   retry    requeue
--   running  charge_rest, leave_running, discard_attempt
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] job ID
-- ARGV[2] attempt, the fencing token
--
-- "OK"          the job is queued
-- "CANCELLED"   nothing was changed: the job was cancelled
-- "LEASE_LOST"  nothing was changed

local id, attempt = ARGV[1], ARGV[2]

local job = read_job(id)
if job.attempt ~= attempt then
  return 'LEASE_LOST'
elseif job.state ~= 'running' then
  return job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST'
end
allow_when_full()
charge_rest(job, 0)
leave_running(job)
discard_attempt(job)
add_to_timeline(job, 'released', job.worker)
requeue(job, 'queued')
return 'OK'
