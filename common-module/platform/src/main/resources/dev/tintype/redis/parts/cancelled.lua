-- How a job ends that a client wants no more, wherever it is.

local function cancel(job)
  if job.state == 'scheduled' or job.state == 'queued' then
    leave_waiting(job)
  elseif job.state == 'running' then
    settle(job, 0)
    leave_running(job)
    discard_attempt(job)
  else
    return job.state == 'cancelled' and 'CANCELLED' or 'FINISHED'
  end
  finish(job, 'cancelled', {worker = job.worker})
  return 'CANCELLED'
end
