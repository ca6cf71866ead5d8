-- How a job comes to wait for a browser.
--
--   q:<tenant>       ZSET    its queued jobs, by rank; a lower rank is served first
--   ring             ZSET    tenants that may be given a browser, by vtime
--   parked           ZSET    tenants with queued jobs that run as many as they may, by when to look again, ms
--   given            HASH    the job that each claim was given, by the claim's nonce, while it runs; and vtime: that at
--                            which the last browser was given, where a tenant begins that comes to the ring
--   scheduled        ZSET    jobs that wait for their time, by that time, ms
--   expiring         ZSET    waiting jobs that are of no use after a time, by that time, ms

local function has_turn(tenant)
  return redis.call('ZSCORE', prefix .. 'ring', tenant) or redis.call('ZSCORE', prefix .. 'parked', tenant)
end

local function put_on_ring(tenant)
  if has_turn(tenant) then
    return
  end
  -- Time that it let pass is not saved up: else a tenant that comes back would shut the others out. Nor as credit: that
  -- is worth no more than brings the tenant back to where the others are.
  local key = prefix .. 'tenant:' .. tenant
  local own = redis.call('HMGET', key, 'vtime', 'credit', 'weight')
  local reached = tonumber(redis.call('HGET', prefix .. 'given', 'vtime') or 0)
  local vtime = math.max(tonumber(own[1] or 0), reached)
  local credit = math.min(tonumber(own[2] or 0), math.floor((vtime - reached) * (own[3] or 1) / 1000))
  redis.call('HSET', key, 'vtime', vtime, 'credit', credit)
  redis.call('ZADD', prefix .. 'ring', vtime, tenant)
end

-- For a job that is queued, or several, each by its rank and its id. Who is hungry is told, and then no more: whoever is given
-- a job asks for the next, until one has asked in vain again.
local function enqueue(tenant, rank, id, ...)
  redis.call('ZADD', prefix .. 'q:' .. tenant, rank, id, ...)
  put_on_ring(tenant)
  if redis.call('HDEL', totals, 'hungry') == 1 then
    redis.call('PUBLISH', prefix .. 'queued', id)
  end
end
