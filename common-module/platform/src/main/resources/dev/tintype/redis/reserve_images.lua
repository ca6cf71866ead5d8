-- Notes how many images an attempt will store, before it stores the second: an attempt that ends without a result leaves
-- none behind.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] id
-- ARGV[2] attempt, the fencing token
-- ARGV[3] how many images
--
-- "OK"          they may be stored
-- "CANCELLED"   nothing was changed: the job was cancelled meanwhile
-- "LEASE_LOST"  nothing was changed

local job = read(ARGV[1])
if job.attempt ~= ARGV[2] then
  return 'LEASE_LOST'
elseif job.state ~= 'running' then
  return job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST'
end
not_refused_when_full()
redis.call('HSET', job.key, 'images', ARGV[3])
return 'OK'
