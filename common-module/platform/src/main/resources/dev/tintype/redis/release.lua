-- Gives a running job back to the place in the queue that it came from.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] id
-- ARGV[2] attempt, the fencing token
--
-- "OK"          the job waits again
-- "CANCELLED"   nothing was changed: the job was cancelled meanwhile
-- "LEASE_LOST"  nothing was changed

local job = read(ARGV[1])
if job.attempt ~= ARGV[2] then
  return 'LEASE_LOST'
elseif job.state ~= 'running' then
  return job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST'
end
not_refused_when_full()
settle(job, 0)
leave_running(job)
discard_attempt(job)
note(job, 'released', job.worker)
wait_again(job, 'queued')
return 'OK'
