-- How a running job stops running: its lease ends, its host is free, its tenant pays for the browser.
--
--   leases   ZSET  running jobs, by lease end, ms
--
-- A tenant's vtime is browser time by weight, in microseconds. It is charged at the claim what its captures usually take
-- (estimate, ms), and at the end what is missing; what was too much is its credit (ms) for the next claim. So vtime
-- never runs backwards, and nobody who waits is overtaken twice.

-- A worker that has lost the job may still be storing its images: they are deleted this much later.
local LATE_IMAGE_MILLIS = 60000

local function average(before, value)
  return before and math.ceil(before * 0.8 + value * 0.2) or value
end

-- The books at the end of an attempt: the tenant pays for what the capture took beyond its charge, and has so many bytes of
-- images more. Not for a crash: the lease of a worker that died goes on, and the tenant would wait for as long again.
local function settle(job, bytes)
  local own = redis.call('HMGET', job.tenant_key, 'estimate', 'weight', 'vtime', 'credit', 'bytes', 'followed')
  local all = redis.call('HMGET', totals, 'estimate', 'bytes')
  job.followed = own[6]
  local took = math.max(1, now - job.startedMillis)
  local missing = took - job.charged
  local estimate, bytes_of_own = average(own[1], took), (own[5] or 0) + bytes
  if missing > 0 then
    local vtime = string.format('%d', (own[3] or 0) + math.floor(missing * 1000 / (own[2] or 1)))
    redis.call('HSET', job.tenant_key, 'estimate', estimate, 'bytes', bytes_of_own, 'vtime', vtime)
    redis.call('ZADD', prefix .. 'ring', 'XX', vtime, job.tenant)
  else
    redis.call('HSET', job.tenant_key, 'estimate', estimate, 'bytes', bytes_of_own, 'credit', (own[4] or 0) - missing)
  end
  redis.call('HSET', totals, 'estimate', average(all[1], took), 'bytes', (all[2] or 0) + bytes)
end

local function leave_running(job)
  redis.call('ZREM', prefix .. 'leases', job.id)
  redis.call('HDEL', prefix .. 'given', string.sub(job.image, #job.id + #job.attempt + 3))
  count(job.tenant_key, 'running', '-1')
  if job.host then
    if redis.call('HINCRBY', prefix .. 'hosts', job.host, '-1') < 1 then
      redis.call('HDEL', prefix .. 'hosts', job.host)
    end
    pull(job.host)
  end
  if redis.call('ZREM', prefix .. 'parked', job.tenant) == 1 then
    put_on_ring(job.tenant)
  end
end

-- The attempt has ended without a result.
local function discard_attempt(job)
  discard_images(job, now + LATE_IMAGE_MILLIS)
  if job.images then
    redis.call('HDEL', job.key, 'images')
  end
end
