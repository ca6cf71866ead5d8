-- How a waiting job ends that will not run.

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

-- A waiting job that nobody has a use for any more.
local function expire(job)
  leave_waiting(job)
  local limit = job.deadlineMillis and tonumber(job.deadlineMillis) <= now and 'deadline_passed' or 'queue_timeout'
  finish(job, 'expired', {code = limit}, 'expiredBy', limit)
end
