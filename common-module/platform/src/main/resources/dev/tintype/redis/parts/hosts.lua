-- Jobs that wait because their host already has as many captures as allowed. They are set aside from the tenant's queue.
--
-- Uses
--   context  prefix, now_text
--   queue    enqueue
--
--   hosts                  HASH  number of running captures by host
--   aside:<tenant>:<host>  ZSET  the tenant's queued jobs that wait for the host, by rank
--   hostwait:<host>        ZSET  tenants that have such jobs, by when one of each was last put back, ms

-- Puts one waiting job of each tenant back into its queue. The ring decides which tenant is next, and the claim sets aside
-- again what is too much. Stops after ten tenants that may run one; the other tenants are first the next time.
local function retry_host(host)
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
