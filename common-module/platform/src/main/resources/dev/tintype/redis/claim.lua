-- Gives an idle browser the first job of the tenant that has had the least browser time, and starts the job's lease.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] worker     ARGV[2] nonce: the same claim sent again is given the same job, while that runs
-- ARGV[3] lease, ms  ARGV[4] captures of one host at once
--
-- {"CLAIMED", id, attempt, spec, image, attempts that failed before, ms until the deadline or -1}
-- {"EMPTY"}

local worker, nonce = ARGV[1], ARGV[2]

local function answer(job)
  -- The work begins now, and so does the lease.
  redis.call('ZADD', prefix .. 'leases', string.format('%d', now + ARGV[3]), job.id)
  local left = job.deadlineMillis and math.max(0, job.deadlineMillis - now) or -1
  return {'CLAIMED', job.id, job.attempt, job.more, job.image, job.failures or '0', left}
end

local given = redis.call('HGET', prefix .. 'given', nonce)
local again = given and read(given, 'spec')
if again and again.state == 'running' then
  return answer(again)
end

local function start(job, charged, reached, is_first)
  job.attempt = string.format('%d', (job.attempt or 0) + 1)
  job.image = job.id .. ':' .. job.attempt .. '-' .. nonce
  note(job, 'started', worker)
  become(job, 'running', 'attempt', job.attempt, 'worker', worker, 'startedMillis', now_text, 'charged', charged,
    'image', job.image)
  count(job.tenant_key, 'waiting', '-1')
  if job.expiresMillis or job.deadlineMillis then
    redis.call('ZREM', prefix .. 'expiring', job.id)
  end
  if is_first then
    redis.call('HSET', prefix .. 'given', nonce, job.id, 'vtime', reached)
  else
    redis.call('HSET', prefix .. 'given', nonce, job.id)
  end
  return answer(job)
end

-- What the first job of a tenant comes to: an answer if it begins, nothing if it only makes room for the next.
local function offer(tenant, reached, is_first)
  local own = redis.call('HMGET', prefix .. 'tenant:' .. tenant, 'weight', 'maxRunning', 'running', 'estimate', 'credit',
    'followed')
  if tonumber(own[3] or 0) >= (tonumber(own[2]) or math.huge) then
    redis.call('ZREM', prefix .. 'ring', tenant)
    redis.call('ZADD', prefix .. 'parked', now + ARGV[3], tenant)
    return
  end
  local top = redis.call('ZPOPMIN', prefix .. 'q:' .. tenant)
  if not top[1] then
    redis.call('ZREM', prefix .. 'ring', tenant)
    return
  end
  local job = read(top[1], 'spec')
  job.followed = own[6]
  local expires = job.attempt and job.deadlineMillis or not job.attempt and job.expiresMillis
  if job.state ~= 'queued' then
    return
  elseif expires and tonumber(expires) <= now then
    expire(job)
  elseif may_open(job.host, tonumber(ARGV[4])) then
    return start(job, charge(job, own, reached), reached, is_first)
  else
    put_aside(job)
  end
end

promote_due('20')
-- Bounded, because a turn may only put something aside; the next claim goes on from there. A tenant whose jobs cannot
-- run now has a part of the turns, so that the others are not kept from the browser.
for turn = 0, 99 do
  local passed = '0' -- twenty turns for the first, and then one for each
  if turn >= 20 then
    passed = turn % math.max(1, redis.call('ZCARD', prefix .. 'ring')) .. ''
  end
  local tenant = redis.call('ZRANGE', prefix .. 'ring', passed, passed, 'WITHSCORES')
  if not tenant[1] then
    break
  end
  local begun = offer(tenant[1], tonumber(tenant[2]), passed == '0')
  if begun then
    return begun
  end
end
not_refused_when_full()
redis.call('HSETNX', totals, 'hungry', '1')
return {'EMPTY'}
