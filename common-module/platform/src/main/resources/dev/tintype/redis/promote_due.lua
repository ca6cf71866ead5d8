-- Queues scheduled jobs whose time has come, and puts tenants back on the ring that were parked long enough. Claims queue due
-- jobs too, but only a few at a time: thousands that are due at once must not delay the jobs behind them.
--
-- Uses
--   context  prefix, now_text, allow_when_full
--   queue    join_ring
--   retry    queue_due
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] maximum number of jobs
--
-- {number of jobs, each now "queued"}

local limit = ARGV[1]

allow_when_full()
for _, tenant in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'parked', '-inf', now_text, 'LIMIT', '0', limit)) do
  redis.call('ZREM', prefix .. 'parked', tenant)
  join_ring(tenant)
end
return {queue_due(limit)}
