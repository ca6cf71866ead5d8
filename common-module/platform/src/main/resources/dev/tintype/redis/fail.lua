-- Ends an attempt without an image: the job waits for its next attempt, or fails.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] id
-- ARGV[2] attempt, the fencing token
-- ARGV[3] failure, JSON
-- ARGV[4] its code     ARGV[5] its message
-- ARGV[6] ms until the next attempt, or "" for none
--
-- "OK"          the job has failed, by this call or by the same one sent before
-- "RETRIED"     the job will be tried again
-- "CANCELLED"   nothing was changed: the job was cancelled meanwhile
-- "LEASE_LOST"  nothing was changed

local job = read(ARGV[1], 'failure')
if job.attempt ~= ARGV[2] then
  return 'LEASE_LOST'
elseif job.state == 'failed' and job.more == ARGV[3] then
  return 'OK'
elseif job.state == 'scheduled' then
  return 'RETRIED'
elseif job.state ~= 'running' then
  return job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST'
end
not_refused_when_full()
settle(job, 0)
leave_running(job)
discard_attempt(job)
local due = ARGV[6] ~= '' and now + ARGV[6]
if due and due < (tonumber(job.deadlineMillis) or math.huge) then
  count(job.key, 'failures', '1')
  count(totals, 'retried', '1')
  note(job, 'attempt_failed', job.worker, ARGV[4], ARGV[5])
  wait_again(job, 'scheduled', due)
  return 'RETRIED'
end
finish(job, 'failed', {worker = job.worker, code = ARGV[4], message = ARGV[5]}, 'failure', ARGV[3])
return 'OK'
