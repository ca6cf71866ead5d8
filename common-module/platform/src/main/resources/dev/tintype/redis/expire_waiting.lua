-- Ends waiting jobs whose queue timeout or deadline has passed: nobody has a use for their image any more.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] how many jobs at most
--
-- list of ids, whose state is now "expired"

not_refused_when_full()
local expired = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'expiring', '-inf', now, 'LIMIT', 0, ARGV[1])) do
  redis.call('ZREM', prefix .. 'expiring', id)
  local job = read(id)
  if job.state == 'scheduled' or job.state == 'queued' then
    expire(job)
    table.insert(expired, id)
  end
end
return expired
