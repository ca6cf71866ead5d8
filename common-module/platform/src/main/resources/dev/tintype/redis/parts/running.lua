-- How a running job stops running: its lease ends, its host has a free place, and its tenant pays for the browser.
--
-- Uses
--   context  prefix, now, totals, increment
--   queue    join_ring
--   hosts    retry_host
--   images   discard_images
--
--   leases  ZSET  running jobs by end of lease, ms
--
-- A tenant's vtime is its browser time divided by its weight, in microseconds. A claim charges what the tenant's captures usually
-- take (estimate, ms). The end of the attempt charges what is missing; what was charged too much is credit (ms) for the next
-- claim. So vtime never decreases, and no waiting tenant is overtaken twice.

-- A worker that has lost the job may still be storing its images: they are deleted this much later.
local LATE_IMAGE_MILLIS = 60000

local function average(before, value)
  return before and math.ceil(before * 0.8 + value * 0.2) or value
end

-- Charges the tenant for browser time beyond its charge, and adds to the bytes of its images. Not called after a crash: the
-- lease of a dead worker runs on, and the tenant would pay for that.
local function charge_rest(job, bytes)
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
  increment(job.tenant_key, 'running', '-1')
  if job.host then
    if redis.call('HINCRBY', prefix .. 'hosts', job.host, '-1') < 1 then
      redis.call('HDEL', prefix .. 'hosts', job.host)
    end
    retry_host(job.host)
  end
  if redis.call('ZREM', prefix .. 'parked', job.tenant) == 1 then
    join_ring(job.tenant)
  end
end

-- The attempt has ended without a result: its images are deleted later.
local function discard_attempt(job)
  discard_images(job, now + LATE_IMAGE_MILLIS)
  if job.images then
    redis.call('HDEL', job.key, 'images')
  end
end
