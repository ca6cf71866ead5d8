-- How jobs wait for a host that is captured as often as it may be; and how a job stops waiting, for a host or anything.
--
--   hosts                  HASH  how many captures of each host run
--   aside:<tenant>:<host>  ZSET  the tenant's queued jobs that wait for the host, by rank
--   hostwait:<host>        ZSET  tenants that have such jobs, by when one of each was last pulled, ms

-- tenant, host, rank.
local function put_aside(job)
  redis.call('ZADD', prefix .. 'aside:' .. job.tenant .. ':' .. job.host, job.rank, job.id)
  redis.call('ZADD', prefix .. 'hostwait:' .. job.host, 'NX', now_text, job.tenant)
end

-- One job of each tenant that waits for the host goes back to its queue: the ring decides whose turn it is, and the claim
-- puts aside again those that are too many. Ten tenants that may run one keep it short; the others are first the next time.
local function pull(host)
  local waiting = prefix .. 'hostwait:' .. host
  local able = 0
  for _, tenant in ipairs(redis.call('ZRANGE', waiting, '0', '99')) do
    local aside = prefix .. 'aside:' .. tenant .. ':' .. host
    local first = redis.call('ZPOPMIN', aside)
    if redis.call('EXISTS', aside) == 1 then
      redis.call('ZADD', waiting, now_text, tenant)
    else
      redis.call('ZREM', waiting, tenant)
    end
    if first[1] then
      enqueue({id = first[1], tenant = tenant, rank = first[2]})
    end
    local own = redis.call('HMGET', prefix .. 'tenant:' .. tenant, 'running', 'maxRunning')
    if tonumber(own[1] or 0) < (tonumber(own[2]) or math.huge) then
      able = able + 1
    end
    if able == 10 then
      break
    end
  end
end

-- Whether one more capture of the host may begin; it is counted then.
local function may_open(host, limit)
  local running = host and redis.call('HINCRBY', prefix .. 'hosts', host, '1') or 0
  if running > limit then
    redis.call('HINCRBY', prefix .. 'hosts', host, '-1')
  elseif running > 0 and running < limit then
    pull(host)
  end
  return running <= limit
end

-- For a job that will not run.
local function leave_waiting(job)
  count(job.tenant_key, 'waiting', '-1')
  redis.call('ZREM', prefix .. 'expiring', job.id)
  redis.call('ZREM', prefix .. 'q:' .. job.tenant, job.id)
  if job.state == 'scheduled' then
    count(job.tenant_key, 'scheduled', '-1')
    redis.call('ZREM', prefix .. 'scheduled', job.id)
  elseif job.host then
    local aside = prefix .. 'aside:' .. job.tenant .. ':' .. job.host
    if redis.call('ZREM', aside, job.id) == 0 then
      pull(job.host) -- it may have been pulled itself
    elseif redis.call('EXISTS', aside) == 0 then
      redis.call('ZREM', prefix .. 'hostwait:' .. job.host, job.tenant)
    end
  end
end
