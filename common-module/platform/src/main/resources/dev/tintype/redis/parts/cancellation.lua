-- How a job is cancelled, in any state.
--
-- Uses
--   running   charge_rest, leave_running, discard_attempt
--   expiry    leave_waiting
--   finished  finish_job

-- Returns "CANCELLED", or "FINISHED" if the job had finished before in another way.
local function cancel_job(job)
  if job.state == 'scheduled' or job.state == 'queued' then
    leave_waiting(job)
  elseif job.state == 'running' then
    charge_rest(job, 0)
    leave_running(job)
    discard_attempt(job)
  else
    return job.state == 'cancelled' and 'CANCELLED' or 'FINISHED'
  end
  finish_job(job, 'cancelled', {worker = job.worker})
  return 'CANCELLED'
end
