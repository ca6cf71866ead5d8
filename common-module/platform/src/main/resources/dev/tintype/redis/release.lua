-- Returns a running job to its old place in the queue, at once or after a pause. The attempt does not count as failed.
--
-- Uses
--   context  now, allow_when_full
--   job      read_job, add_to_timeline
--   retry    requeue
--   running  charge_rest, leave_running, discard_attempt
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] job ID
-- ARGV[2] attempt, the fencing token
-- ARGV[3] pause until the job may be claimed again, ms; 0 for none
-- ARGV[4] reason of the pause, as a code     ARGV[5] as a message; both "" if there is none
--
-- "OK"          the job is queued, or scheduled if there is a pause
-- "CANCELLED"   nothing was changed: the job was cancelled
-- "LEASE_LOST"  nothing was changed

local id, attempt, pause, code, message = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

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
if pause == '0' then
  add_to_timeline(job, 'released', job.worker)
  requeue(job, 'queued')
else
  add_to_timeline(job, 'postponed', job.worker, code, message)
  requeue(job, 'scheduled', now + pause)
end
return 'OK'
