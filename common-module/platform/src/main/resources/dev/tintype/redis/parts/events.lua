-- Events of the jobs of a tenant. They are recorded only while a client follows the tenant (see follow.lua).
--
-- Uses
--   context  prefix, now
--
--   events:<tenant>    STREAM  the tenant's events: job, and a line as in the timeline of a job
--   followed:<tenant>  STRING  ID in the stream since which no event is missing; expires when nobody follows any more

local EVENTS_KEPT = 10000

-- Records an event if the tenant is followed. job: id, tenant, tenant_key; followed, or nil if the script has not read it.
-- Most scripts read that field together with others, so a tenant that nobody follows costs nothing.
local function record_event(job, line)
  if job.followed == nil then
    job.followed = redis.call('HGET', job.tenant_key, 'followed')
  end
  if job.followed and tonumber(job.followed) > now then
    redis.call('XADD', prefix .. 'events:' .. job.tenant, 'MAXLEN', '~', EVENTS_KEPT, '*', 'job', job.id, 'line', line)
    redis.call('PUBLISH', prefix .. 'events', job.tenant)
  end
end

-- Copies until when the tenant is followed into its hash, where scripts read it. Returns that time, or nil.
local function refresh_followed(tenant)
  local left = redis.call('PTTL', prefix .. 'followed:' .. tenant)
  if left > 0 then
    -- A second longer, so that no event is lost between the two ends.
    local followed = string.format('%d', now + left + 1000)
    redis.call('HSET', prefix .. 'tenant:' .. tenant, 'followed', followed)
    return followed
  end
end
