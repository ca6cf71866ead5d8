-- Extends the leases of running jobs by their full length.
--
-- KEYS[1] leases     ZSET    running jobs, by lease end, ms
-- ARGV[1] prefix of job:<id>
-- ARGV[2] lease, ms
-- ARGV[3], ARGV[4] id and attempt of the first job, and so on in pairs
--
-- a word for each pair, in their order: "OK" | "LEASE_LOST"

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local replies = {}
for i = 3, #ARGV, 2 do
  local job = redis.call('HMGET', ARGV[1] .. 'job:' .. ARGV[i], 'state', 'attempt')
  if job[1] == 'running' and job[2] == ARGV[i + 1] then
    redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[i])
    table.insert(replies, 'OK')
  else
    table.insert(replies, 'LEASE_LOST')
  end
end
return replies
