-- Queues jobs whose time has come. Claims do that, too, a few at a time: enough for one that waits, and not for thousands
-- that are due at once and would keep those behind them from their turn.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] how many jobs at most
--
-- {how many jobs, each now "queued"}

not_refused_when_full()
return {promote_due(tonumber(ARGV[1]))}
