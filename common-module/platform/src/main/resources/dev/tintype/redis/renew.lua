-- Reports that a worker is alive, and extends the leases of its running jobs to their full length.
--
-- Uses
--   context  prefix, now, totals, allow_when_full
--   job      read_job
--
-- KEYS[1] prefix (see parts/context.lua)
--   workers  ZSET  live workers, each with its number of browsers after a space, by when they count as dead, ms
-- ARGV[1] worker     ARGV[2] number of its browsers
-- ARGV[3] lease, ms; 0 if the worker leaves
-- ARGV[4], ARGV[5] ID and attempt of the first job, and so on in pairs
--
-- a word for each pair, in order: "OK" | "CANCELLED" | "LEASE_LOST"

local worker, browsers, lease_millis, pairs_of_jobs = ARGV[1], ARGV[2], tonumber(ARGV[3]), {unpack(ARGV, 4)}

allow_when_full()
redis.call('ZADD', prefix .. 'workers', lease_millis == 0 and 0 or now + lease_millis, worker .. ' ' .. browsers)
redis.call('ZREMRANGEBYSCORE', prefix .. 'workers', '-inf', now)
local all_browsers = 0
for _, live in ipairs(redis.call('ZRANGE', prefix .. 'workers', 0, -1)) do
  all_browsers = all_browsers + string.match(live, '(%d+)$')
end
local last = redis.call('ZREVRANGE', prefix .. 'workers', 0, 0, 'WITHSCORES')[2] or 0
redis.call('HSET', totals, 'browsers', all_browsers, 'browsersMillis', last)

local words = {}
for i = 1, #pairs_of_jobs, 2 do
  local id, attempt = pairs_of_jobs[i], pairs_of_jobs[i + 1]
  local job = read_job(id)
  if job.attempt ~= attempt or job.state ~= 'running' then
    table.insert(words, job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST')
  else
    redis.call('ZADD', prefix .. 'leases', now + lease_millis, id)
    table.insert(words, 'OK')
  end
end
return words
