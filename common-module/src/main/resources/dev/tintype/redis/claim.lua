-- Gives an idle browser the first job of the tenant that has had the least browser time, and starts the job's lease.
--
-- KEYS[1] prefix (see parts)
--   answer:<nonce>  STRING  job and attempt that this very claim was given before, if its reply was lost
-- ARGV[1] worker     ARGV[2] nonce
-- ARGV[3] lease, ms  ARGV[4] how long the answer is remembered, ms
-- ARGV[5] captures of one host at once
--
-- {"CLAIMED", id, attempt, spec, image, attempts that failed before, ms until the deadline or -1}
-- {"EMPTY"}

local worker, nonce = ARGV[1], ARGV[2]
not_refused_when_full()

local function answer(job)
  redis.call('ZADD', prefix .. 'leases', now + ARGV[3], job.id) -- the work begins now, and so does the lease
  local left = job.deadlineMillis and math.max(0, job.deadlineMillis - now) or -1
  return {'CLAIMED', job.id, job.attempt, job.spec, job.image, job.failures or '0', left}
end

local answered = redis.call('GET', prefix .. 'answer:' .. nonce)
if answered then
  local id, attempt = string.match(answered, '^(%S+) (%d+)$')
  local job = read(id, 'attempt', 'spec', 'image', 'failures', 'deadlineMillis')
  if job.state == 'running' and job.attempt == attempt then
    return answer(job)
  end
  return {'EMPTY'}
end

local function start(job, tenant)
  job.attempt = string.format('%d', (job.attempt or 0) + 1)
  job.image = job.id .. ':' .. job.attempt .. '-' .. nonce
  local charge = math.max(1, tonumber(tenant.estimate or 1))
  local credit = math.min(tonumber(tenant.credit or 0), charge - 1)
  local vtime = tenant.vtime + math.max(1, math.floor((charge - credit) * 1000 / tenant.weight))
  redis.call('SET', prefix .. 'vtime', tenant.vtime)
  redis.call('HSET', prefix .. 'tenant:' .. job.tenant, 'vtime', vtime, 'credit', (tenant.credit or 0) - credit)
  if redis.call('EXISTS', prefix .. 'q:' .. job.tenant) == 1 then
    redis.call('ZADD', prefix .. 'ring', vtime, job.tenant)
  else
    redis.call('ZREM', prefix .. 'ring', job.tenant)
  end
  become(job, 'running')
  redis.call('HSET', prefix .. 'job:' .. job.id, 'attempt', job.attempt, 'worker', worker, 'startedMillis', now,
    'charged', charge, 'image', job.image)
  redis.call('ZREM', prefix .. 'expiring', job.id)
  if job.host and redis.call('HINCRBY', prefix .. 'hosts', job.host, 1) < tonumber(ARGV[5]) then
    pull(job.host)
  end
  note(job.id, 'started', job.attempt, worker)
  redis.call('SET', prefix .. 'answer:' .. nonce, job.id .. ' ' .. job.attempt, 'PX', ARGV[4])
  return answer(job)
end

promote_due()

-- Bounded, because each turn may only put something aside; the next claim goes on from there.
for _ = 1, 100 do
  local first = redis.call('ZRANGE', prefix .. 'ring', 0, 0, 'WITHSCORES')
  if not first[1] then
    return {'EMPTY'}
  end
  local own = redis.call('HMGET', prefix .. 'tenant:' .. first[1], 'weight', 'maxRunning', 'running', 'estimate', 'credit')
  local tenant = {vtime = tonumber(first[2]), weight = own[1], estimate = own[4], credit = own[5]}
  if tonumber(own[3] or 0) >= tonumber(own[2]) then
    redis.call('ZREM', prefix .. 'ring', first[1])
    redis.call('ZADD', prefix .. 'parked', now + ARGV[3], first[1])
  else
    local top = redis.call('ZPOPMIN', prefix .. 'q:' .. first[1])
    if not top[1] then
      redis.call('ZREM', prefix .. 'ring', first[1])
    else
      local job = read(top[1], 'host', 'attempt', 'failures', 'expiresMillis', 'deadlineMillis', 'same', 'spec')
      local expires = tonumber(job.attempt and job.deadlineMillis or not job.attempt and job.expiresMillis or math.huge)
      if job.state == 'queued' and expires <= now then
        expire(job)
      elseif job.state == 'queued' and job.host
        and tonumber(redis.call('HGET', prefix .. 'hosts', job.host) or 0) >= tonumber(ARGV[5]) then
        redis.call('ZADD', prefix .. 'hostwait:' .. job.host, top[2], job.id)
      elseif job.state == 'queued' then
        return start(job, tenant)
      end
    end
  end
end
return {'EMPTY'}
