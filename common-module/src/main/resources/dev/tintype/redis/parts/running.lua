-- How a running job stops running: its lease ends, its host is free, its tenant pays for the browser.
--
--   leases   ZSET  running jobs, by lease end, ms
--   garbage  ZSET  images that no job points to, by when they may be deleted, ms
--
-- A tenant's vtime is browser time by weight, in microseconds. It is charged at the claim what its captures usually take
-- (estimate, ms), and at the end what is missing; what was too much is its credit (ms) for the next claim. So vtime
-- never runs backwards, and nobody who waits is overtaken twice.

-- A worker that has lost the job may still write its image: that long it is waited for.
local LATE_IMAGE_MILLIS = 60000

local function average(before, value)
  return before and math.ceil(before * 0.8 + value * 0.2) or value
end

-- The tenant of a job that starts pays for what its captures usually take, and moves on the ring: the charge.
local function charge(job, tenant)
  -- One that nothing is known of is taken for one like the others, or it would have every browser before it pays.
  local usual = math.max(1, tonumber(tenant.estimate or redis.call('HGET', prefix .. 'totals', 'estimate') or 1))
  local credit = math.min(tonumber(tenant.credit or 0), usual - 1)
  local vtime = tenant.vtime + math.max(1, math.floor((usual - credit) * 1000 / tenant.weight))
  redis.call('HSET', prefix .. 'tenant:' .. job.tenant, 'vtime', vtime, 'credit', (tenant.credit or 0) - credit)
  if tenant.is_first then
    redis.call('SET', prefix .. 'vtime', tenant.vtime)
  end
  if redis.call('EXISTS', prefix .. 'q:' .. job.tenant) == 1 then
    redis.call('ZADD', prefix .. 'ring', vtime, job.tenant)
  else
    redis.call('ZREM', prefix .. 'ring', job.tenant)
  end
  return usual
end

-- The tenant pays for what the capture took beyond its charge: startedMillis, charged. Not for a crash: the lease of a
-- worker that died goes on, and the tenant would wait for as long again.
local function settle(job)
  local key = prefix .. 'tenant:' .. job.tenant
  local tenant = redis.call('HMGET', key, 'weight', 'estimate', 'vtime')
  local took = math.max(1, now - job.startedMillis)
  local missing = took - job.charged
  redis.call('HSET', key, 'estimate', average(tenant[2], took))
  redis.call('HSET', prefix .. 'totals', 'estimate', average(redis.call('HGET', prefix .. 'totals', 'estimate'), took))
  if missing < 0 then
    redis.call('HINCRBY', key, 'credit', -missing)
  else
    local vtime = (tenant[3] or 0) + math.floor(missing * 1000 / (tenant[1] or 1))
    redis.call('HSET', key, 'vtime', vtime)
    redis.call('ZADD', prefix .. 'ring', 'XX', vtime, job.tenant)
  end
end

-- host.
local function leave_running(job)
  redis.call('ZREM', prefix .. 'leases', job.id)
  if job.host then
    if redis.call('HINCRBY', prefix .. 'hosts', job.host, -1) < 1 then
      redis.call('HDEL', prefix .. 'hosts', job.host)
    end
    pull(job.host)
  end
  if redis.call('ZREM', prefix .. 'parked', job.tenant) == 1 then
    put_on_ring(job.tenant)
  end
end

-- The attempt has ended without its image: image.
local function discard_image(job)
  redis.call('ZADD', prefix .. 'garbage', now + LATE_IMAGE_MILLIS, job.image)
end
