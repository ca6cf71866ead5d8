-- Ends waiting jobs whose queue timeout or deadline has passed.
--
-- Uses
--   context  prefix, now, allow_when_full
--   job      read_job
--   expiry   expire_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] maximum number of jobs
--
-- list of IDs, whose state is now "expired"

local limit = ARGV[1]

allow_when_full()
local expired = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'expiring', '-inf', now, 'LIMIT', 0, limit)) do
  redis.call('ZREM', prefix .. 'expiring', id)
  local job = read_job(id)
  if job.state == 'scheduled' or job.state == 'queued' then
    expire_job(job)
    table.insert(expired, id)
  end
end
return expired
