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
  local charged = charge(job, tenant)
  become(job, 'running')
  redis.call('HSET', prefix .. 'job:' .. job.id, 'attempt', job.attempt, 'worker', worker, 'startedMillis', now,
    'charged', charged, 'image', job.image)
  redis.call('ZREM', prefix .. 'expiring', job.id)
  if job.host and redis.call('HINCRBY', prefix .. 'hosts', job.host, 1) < tonumber(ARGV[5]) then
    pull(job.host)
  end
  note(job.id, 'started', job.attempt, worker)
  redis.call('SET', prefix .. 'answer:' .. nonce, job.id .. ' ' .. job.attempt, 'PX', ARGV[4])
  return answer(job)
end

-- What the first job of a tenant comes to: an answer if it begins, nothing if it only makes room for the next.
local function offer(name, vtime, is_first)
  local own = redis.call('HMGET', prefix .. 'tenant:' .. name, 'weight', 'maxRunning', 'running', 'estimate', 'credit')
  if tonumber(own[3] or 0) >= (tonumber(own[2]) or math.huge) then
    redis.call('ZREM', prefix .. 'ring', name)
    redis.call('ZADD', prefix .. 'parked', now + ARGV[3], name)
    return
  end
  local top = redis.call('ZPOPMIN', prefix .. 'q:' .. name)
  if not top[1] then
    redis.call('ZREM', prefix .. 'ring', name)
    return
  end
  local job = read(top[1], 'host', 'attempt', 'failures', 'expiresMillis', 'deadlineMillis', 'same', 'spec')
  local expires = tonumber(job.attempt and job.deadlineMillis or not job.attempt and job.expiresMillis or math.huge)
  if job.state ~= 'queued' then
    return
  elseif expires <= now then
    expire(job)
  elseif job.host and tonumber(redis.call('HGET', prefix .. 'hosts', job.host) or 0) >= tonumber(ARGV[5]) then
    job.rank = top[2]
    put_aside(job)
  else
    return start(job, {vtime = vtime, weight = own[1] or 1, estimate = own[4], credit = own[5], is_first = is_first})
  end
end

promote_due(20)
-- Bounded, because a turn may only put something aside; the next claim goes on from there. A tenant whose jobs cannot
-- run now has a part of the turns, so that the others are not kept from the browser.
for turn = 0, 99 do
  local tenants = redis.call('ZCARD', prefix .. 'ring')
  if tenants == 0 then
    break
  end
  local passed = turn < 20 and 0 or turn % tenants -- twenty turns for the first, and then one for each
  local tenant = redis.call('ZRANGE', prefix .. 'ring', passed, passed, 'WITHSCORES')
  local begun = offer(tenant[1], tonumber(tenant[2]), passed == 0)
  if begun then
    return begun
  end
end
return {'EMPTY'}
