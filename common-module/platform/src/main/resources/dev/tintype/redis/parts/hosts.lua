-- How jobs wait for a host that is captured as often as it may be.
--
--   hosts                  HASH  how many captures of each host run
--   aside:<tenant>:<host>  ZSET  the tenant's queued jobs that wait for the host, by rank
--   hostwait:<host>        ZSET  tenants that have such jobs, by when one of each was last pulled, ms

-- One job of each tenant that waits for the host goes back to its queue: the ring decides whose turn it is, and the claim
-- puts aside again those that are too many. Ten tenants that may run one keep it short; the others are first the next time.
local function pull(host)
  local waiting = prefix .. 'hostwait:' .. host
  local able = 0
  for _, tenant in ipairs(redis.call('ZRANGE', waiting, '0', '99')) do
    local aside = prefix .. 'aside:' .. tenant .. ':' .. host
    local first = redis.call('ZPOPMIN', aside)
    if redis.call('EXISTS', aside) == 1 then
      redis.call('ZADD', waiting, now_text, tenant)
    else
      redis.call('ZREM', waiting, tenant)
    end
    if first[1] then
      enqueue(tenant, first[2], first[1])
    end
    local own = redis.call('HMGET', prefix .. 'tenant:' .. tenant, 'running', 'maxRunning')
    if tonumber(own[1] or 0) < (tonumber(own[2]) or math.huge) then
      able = able + 1
    end
    if able == 10 then
      break
    end
  end
end
