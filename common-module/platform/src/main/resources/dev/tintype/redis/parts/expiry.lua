-- How a waiting job ends that will not run.
--
-- Uses
--   context   prefix, now, increment
--   hosts     retry_host
--   finished  finish_job

local function leave_waiting(job)
  increment(job.tenant_key, 'waiting', '-1')
  redis.call('ZREM', prefix .. 'expiring', job.id)
  redis.call('ZREM', prefix .. 'q:' .. job.tenant, job.id)
  if job.state == 'scheduled' then
    increment(job.tenant_key, 'scheduled', '-1')
    redis.call('ZREM', prefix .. 'scheduled', job.id)
  elseif job.host then
    local aside = prefix .. 'aside:' .. job.tenant .. ':' .. job.host
    if redis.call('ZREM', aside, job.id) == 0 then
      retry_host(job.host) -- this job may be the one that was put back for the host
    elseif redis.call('EXISTS', aside) == 0 then
      redis.call('ZREM', prefix .. 'hostwait:' .. job.host, job.tenant)
    end
  end
end

-- Ends a waiting job whose deadline or queue timeout has passed.
local function expire_job(job)
  leave_waiting(job)
  local limit = job.deadlineMillis and tonumber(job.deadlineMillis) <= now and 'deadline_passed' or 'queue_timeout'
  finish_job(job, 'expired', {code = limit}, 'expiredBy', limit)
end
