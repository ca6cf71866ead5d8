-- Gives an idle browser the first job of the tenant that is next on the ring, and starts the lease of the job.
--
-- Uses
--   context   prefix, now, totals, allow_when_full
--   job       read_job
--   retry     queue_due
--   starting  set_aside, take_host_place, charge_tenant, start_job, lease_job
--   expiry    expire_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] worker     ARGV[2] nonce: the same claim sent again is given the same job, while the job runs
-- ARGV[3] lease, ms  ARGV[4] maximum number of captures of one host at a time
--
-- {"CLAIMED", id, attempt, spec, image key, attempts that failed before, ms until the deadline or -1}
-- {"EMPTY"}

local worker, nonce, lease_millis, captures_per_host = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local given = redis.call('HGET', prefix .. 'given', nonce)
local repeated = given and read_job(given, 'spec')
if repeated and repeated.state == 'running' then
  return lease_job(repeated, lease_millis)
end

-- Takes the first job of a tenant from its queue. Returns the reply if the job starts; nil if it only made room for the next.
local function try_tenant(tenant, reached, is_first)
  local own = redis.call('HMGET', prefix .. 'tenant:' .. tenant, 'weight', 'maxRunning', 'running', 'estimate', 'credit',
    'followed')
  if tonumber(own[3] or 0) >= (tonumber(own[2]) or math.huge) then
    redis.call('ZREM', prefix .. 'ring', tenant)
    redis.call('ZADD', prefix .. 'parked', now + lease_millis, tenant)
    return
  end
  local top = redis.call('ZPOPMIN', prefix .. 'q:' .. tenant)
  if not top[1] then
    redis.call('ZREM', prefix .. 'ring', tenant)
    return
  end
  local job = read_job(top[1], 'spec')
  job.followed = own[6]
  local expires = job.attempt and job.deadlineMillis or not job.attempt and job.expiresMillis
  if job.state ~= 'queued' then
    return
  elseif expires and tonumber(expires) <= now then
    expire_job(job)
  elseif take_host_place(job.host, captures_per_host) then
    start_job(job, worker, nonce, charge_tenant(job, own, reached))
    if is_first then
      redis.call('HSET', prefix .. 'given', nonce, job.id, 'vtime', reached)
    else
      redis.call('HSET', prefix .. 'given', nonce, job.id)
    end
    return lease_job(job, lease_millis)
  else
    set_aside(job)
  end
end

queue_due('20')
-- Bounded, because a turn may only set a job aside; the next claim goes on from there. The first tenant gets twenty turns, and
-- then each tenant one, so that a tenant whose jobs cannot run now does not keep the others from the browser.
for turn = 0, 99 do
  local place = '0'
  if turn >= 20 then
    place = turn % math.max(1, redis.call('ZCARD', prefix .. 'ring')) .. ''
  end
  local tenant = redis.call('ZRANGE', prefix .. 'ring', place, place, 'WITHSCORES')
  if not tenant[1] then
    break
  end
  local reply = try_tenant(tenant[1], tonumber(tenant[2]), place == '0')
  if reply then
    return reply
  end
end
allow_when_full()
redis.call('HSETNX', totals, 'hungry', '1')
return {'EMPTY'}
