-- How a job starts to run: it takes a place of its host, its tenant pays, and the claim gets its lease.
--
-- Uses
--   context  prefix, now, now_text, totals, increment
--   job      add_to_timeline, set_state
--   hosts    retry_host

-- Lets a queued job wait for its host. job: id, tenant, host, rank
local function set_aside(job)
  redis.call('ZADD', prefix .. 'aside:' .. job.tenant .. ':' .. job.host, job.rank, job.id)
  redis.call('ZADD', prefix .. 'hostwait:' .. job.host, 'NX', now_text, job.tenant)
end

-- Counts one more capture of the host, unless that would exceed the limit. Returns whether it was counted. A job without a
-- host is never limited.
local function take_host_place(host, limit)
  local running = host and redis.call('HINCRBY', prefix .. 'hosts', host, '1') or 0
  if running > limit then
    redis.call('HINCRBY', prefix .. 'hosts', host, '-1')
  elseif running > 0 and running < limit then
    retry_host(host)
  end
  return running <= limit
end

-- Charges the tenant what its captures usually take, and moves it on the ring. Returns the charge, ms.
-- own: values of weight, maxRunning, running, estimate, credit. reached: the tenant's vtime
local function charge_tenant(job, own, reached)
  -- A tenant without a history pays what captures of all tenants take, or it would get every browser before it pays.
  local usual = math.max(1, tonumber(own[4] or redis.call('HGET', totals, 'estimate') or 1))
  local credit = math.min(tonumber(own[5] or 0), usual - 1)
  local vtime = string.format('%d', reached + math.max(1, math.floor((usual - credit) * 1000 / (own[1] or 1))))
  local key = job.tenant_key
  redis.call('HSET', key, 'vtime', vtime, 'running', (own[3] or 0) + 1)
  if credit ~= 0 then
    redis.call('HINCRBY', key, 'credit', -credit)
  end
  if redis.call('EXISTS', prefix .. 'q:' .. job.tenant) == 1 then
    redis.call('ZADD', prefix .. 'ring', vtime, job.tenant)
  else
    redis.call('ZREM', prefix .. 'ring', job.tenant)
  end
  return usual
end

-- Makes the job a running one, under its next attempt.
local function start_job(job, worker, nonce, charged)
  job.attempt = string.format('%d', (job.attempt or 0) + 1)
  job.image = job.id .. ':' .. job.attempt .. '-' .. nonce
  add_to_timeline(job, 'started', worker)
  set_state(job, 'running', 'attempt', job.attempt, 'worker', worker, 'startedMillis', now_text, 'charged', charged,
    'image', job.image)
  increment(job.tenant_key, 'waiting', '-1')
  if job.expiresMillis or job.deadlineMillis then
    redis.call('ZREM', prefix .. 'expiring', job.id)
  end
end

-- Starts the lease of a running job. Returns the reply of a claim.
local function lease_job(job, lease_millis)
  redis.call('ZADD', prefix .. 'leases', string.format('%d', now + lease_millis), job.id)
  local left = job.deadlineMillis and math.max(0, job.deadlineMillis - now) or -1
  return {'CLAIMED', job.id, job.attempt, job.spec, job.image, job.failures or '0', left}
end
