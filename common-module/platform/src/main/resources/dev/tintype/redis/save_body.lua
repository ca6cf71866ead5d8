-- Keeps the bytes that every try sends, before the first. Who comes later is given those of who came first.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] id  ARGV[2] attempt, the fencing token  ARGV[3] body
--
-- {"OK", the body that is to be sent}
-- {"LEASE_LOST"}  nothing was changed

local delivery = read_delivery(ARGV[1], 'attempt', 'body')
if delivery.state ~= 'sending' or delivery.attempt ~= ARGV[2] then
  return {'LEASE_LOST'}
end
not_refused_when_full()
if not delivery.body then
  redis.call('HSET', prefix .. 'delivery:' .. ARGV[1], 'body', ARGV[3])
  redis.call('HDEL', prefix .. 'delivery:' .. ARGV[1], 'snapshot')
end
return {'OK', delivery.body or ARGV[3]}
