-- Queues jobs whose time has come, and lets tenants that were parked for long enough try again. Claims queue such jobs, too, a
-- few at a time: enough for one that waits, and not for thousands that are due at once and would keep those behind them from
-- their turn.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] how many jobs at most
--
-- {how many jobs, each now "queued"}

not_refused_when_full()
for _, tenant in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'parked', '-inf', now_text, 'LIMIT', '0', ARGV[1])) do
  redis.call('ZREM', prefix .. 'parked', tenant)
  put_on_ring(tenant)
end
return {promote_due(ARGV[1])}
