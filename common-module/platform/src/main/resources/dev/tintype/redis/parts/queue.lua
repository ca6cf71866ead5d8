-- How a job comes to wait for a browser. Each tenant has a queue of its own. The ring orders the tenants: the next browser goes
-- to the tenant with the smallest virtual time (vtime, see running.lua).
--
-- Uses
--   context  prefix, totals
--
--   q:<tenant>  ZSET  the tenant's queued jobs by rank; the lowest rank is served first
--   ring        ZSET  tenants that may be given a browser, by vtime
--   parked      ZSET  tenants with queued jobs that run as many captures as they may, by when to look again, ms
--   given       HASH  by nonce of a claim: the job that it was given, while the job runs; vtime: that of the last tenant that
--                     was given a browser, where a tenant starts that joins the ring
--   scheduled   ZSET  jobs that wait for their time, by that time, ms
--   expiring    ZSET  waiting jobs with a queue timeout or deadline, by that time, ms

-- Whether the tenant is on the ring or parked.
local function is_listed(tenant)
  return redis.call('ZSCORE', prefix .. 'ring', tenant) or redis.call('ZSCORE', prefix .. 'parked', tenant)
end

-- Puts the tenant on the ring, unless it is listed already.
local function join_ring(tenant)
  if is_listed(tenant) then
    return
  end
  -- Idle time is not saved up, or a tenant that comes back would shut the others out. Neither is credit: it is worth no more
  -- than what brings the tenant back to where the others are.
  local key = prefix .. 'tenant:' .. tenant
  local own = redis.call('HMGET', key, 'vtime', 'credit', 'weight')
  local reached = tonumber(redis.call('HGET', prefix .. 'given', 'vtime') or 0)
  local vtime = math.max(tonumber(own[1] or 0), reached)
  local credit = math.min(tonumber(own[2] or 0), math.floor((vtime - reached) * (own[3] or 1) / 1000))
  redis.call('HSET', key, 'vtime', vtime, 'credit', credit)
  redis.call('ZADD', prefix .. 'ring', vtime, tenant)
end

-- Adds one job or several, given as pairs of rank and ID. A waiting worker is notified once: after it was given a job it claims
-- again, until a claim finds none.
local function enqueue(tenant, rank, id, ...)
  redis.call('ZADD', prefix .. 'q:' .. tenant, rank, id, ...)
  join_ring(tenant)
  if redis.call('HDEL', totals, 'hungry') == 1 then
    redis.call('PUBLISH', prefix .. 'queued', id)
  end
end
