-- Ends a running job with images that are already stored: the job points to them from here on.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] id
-- ARGV[2] attempt, the fencing token
-- ARGV[3] result, JSON
-- ARGV[4] bytes of all images
--
-- "OK"          the job has succeeded, by this call or by the same one sent before
-- "CANCELLED"   nothing was changed: the job was cancelled meanwhile
-- "LEASE_LOST"  nothing was changed

local job = read(ARGV[1], 'result')
if job.attempt ~= ARGV[2] then
  return 'LEASE_LOST'
elseif job.state == 'succeeded' and job.more == ARGV[3] then
  return 'OK'
elseif job.state ~= 'running' then
  return job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST'
end
not_refused_when_full()
settle(job, ARGV[4])
leave_running(job)
finish(job, 'succeeded', {worker = job.worker}, 'result', ARGV[3], 'bytes', ARGV[4])
return 'OK'
