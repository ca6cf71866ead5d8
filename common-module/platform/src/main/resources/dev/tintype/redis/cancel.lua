-- Ends a job that has not finished, wherever it is. A worker that runs it is told with its next renewal, and by the
-- announcement of the job's end at once.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] id
--
-- "CANCELLED"  by this call or before
-- "FINISHED"   the job had finished before in another way
-- "UNKNOWN"    there is no such job

local job = read(ARGV[1])
if not job.state then
  return 'UNKNOWN'
end
not_refused_when_full()
return cancel(job)
