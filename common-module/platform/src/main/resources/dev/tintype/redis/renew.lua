-- Says that a worker is alive, and extends the leases of its running jobs by their full length.
--
-- KEYS[1] prefix (see parts)
--   workers  ZSET  live workers and how many browsers each has, separated by a space; by when they count as gone, ms
-- ARGV[1] worker     ARGV[2] its browsers
-- ARGV[3] lease, ms; 0 when the worker leaves
-- ARGV[4], ARGV[5] id and attempt of the first job, and so on in pairs
--
-- a word for each pair, in their order: "OK" | "CANCELLED" | "LEASE_LOST"

not_refused_when_full()
redis.call('ZADD', prefix .. 'workers', ARGV[3] == '0' and 0 or now + ARGV[3], ARGV[1] .. ' ' .. ARGV[2])
redis.call('ZREMRANGEBYSCORE', prefix .. 'workers', '-inf', now)
local browsers = 0
for _, worker in ipairs(redis.call('ZRANGE', prefix .. 'workers', 0, -1)) do
  browsers = browsers + string.match(worker, '(%d+)$')
end
local last = redis.call('ZREVRANGE', prefix .. 'workers', 0, 0, 'WITHSCORES')[2] or 0
redis.call('HSET', totals, 'browsers', browsers, 'browsersMillis', last)

local words = {}
for i = 4, #ARGV, 2 do
  local job = read(ARGV[i])
  if job.attempt ~= ARGV[i + 1] or job.state ~= 'running' then
    table.insert(words, job.state == 'cancelled' and 'CANCELLED' or 'LEASE_LOST')
  else
    redis.call('ZADD', prefix .. 'leases', now + ARGV[3], ARGV[i])
    table.insert(words, 'OK')
  end
end
return words
