-- Forgets a job and its image; one that has not finished is cancelled before.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] id
-- ARGV[2] how long it is known that there was such a job, ms
--
-- "FORGOTTEN"  by this call or before
-- "UNKNOWN"    there never was such a job, or it is too long ago

local job = read(ARGV[1])
if not job.state then
  return redis.call('EXISTS', prefix .. 'gone:' .. ARGV[1]) == 1 and 'FORGOTTEN' or 'UNKNOWN'
end
not_refused_when_full()
cancel(job)
forget(job.id, 'deleted', ARGV[2])
return 'FORGOTTEN'
