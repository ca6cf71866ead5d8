-- Ends an attempt without a result: the job is retried, or fails.
--
-- Uses
--   context   now, totals, increment, allow_when_full
--   job       read_job, add_to_timeline
--   retry     requeue
--   running   charge_rest, leave_running, discard_attempt
--   finished  finish_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] job ID
-- ARGV[2] attempt, the fencing token
-- ARGV[3] failure, JSON
-- ARGV[4] its code     ARGV[5] its message
-- ARGV[6] ms until the next attempt, or "" for no retry
--
-- "OK"          the job has failed, by this call or by the same call sent before
-- "RETRIED"     the job will be retried
-- "CANCELLED"   nothing was changed: the job was cancelled
-- "LEASE_LOST"  nothing was changed

local id, attempt, failure, code, message, retry_in = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

local job = read_job(id, 'failure')
if job.attempt ~= attempt then
  return 'LEASE_LOST'
elseif job.state == 'failed' and job.failure == failure then
  return 'OK'
elseif job.state == 'scheduled' then
  return 'RETRIED'
elseif job.state ~= 'running' then
  return job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST'
end
allow_when_full()
charge_rest(job, 0)
leave_running(job)
discard_attempt(job)
local due = retry_in ~= '' and now + retry_in
if due and due < (tonumber(job.deadlineMillis) or math.huge) then
  increment(job.key, 'failures', '1')
  increment(totals, 'retried', '1')
  add_to_timeline(job, 'attempt_failed', job.worker, code, message)
  requeue(job, 'scheduled', due)
  return 'RETRIED'
end
finish_job(job, 'failed', {worker = job.worker, code = code, message = message}, 'failure', failure)
return 'OK'
