-- How jobs wait for a host that is captured as often as it may be.
--
--   hosts                  HASH  how many captures of each host run
--   aside:<tenant>:<host>  ZSET  the tenant's queued jobs that wait for the host, by rank
--   hostwait:<host>        ZSET  tenants that have such jobs, by when one of each was last pulled, ms

-- tenant, host, rank.
local function put_aside(job)
  redis.call('ZADD', prefix .. 'aside:' .. job.tenant .. ':' .. job.host, job.rank, job.id)
  redis.call('ZADD', prefix .. 'hostwait:' .. job.host, 'NX', now, job.tenant)
end

-- One job of each tenant that waits for the host goes back to its queue: the ring decides whose turn it is, and the claim
-- puts aside again those that are too many. Ten tenants at once keep it short; the others are first the next time.
local function pull(host)
  local waiting = prefix .. 'hostwait:' .. host
  for _, tenant in ipairs(redis.call('ZRANGE', waiting, 0, 9)) do
    local aside = prefix .. 'aside:' .. tenant .. ':' .. host
    local first = redis.call('ZPOPMIN', aside)
    if redis.call('EXISTS', aside) == 1 then
      redis.call('ZADD', waiting, now, tenant)
    else
      redis.call('ZREM', waiting, tenant)
    end
    if first[1] then
      enqueue({id = first[1], tenant = tenant, rank = first[2]})
    end
  end
end
