-- Stores the bytes that every attempt sends, before the first attempt. A later call gets the stored bytes.
--
-- Uses
--   context     prefix, allow_when_full
--   deliveries  read_delivery
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] ID of the delivery  ARGV[2] attempt, the fencing token  ARGV[3] body
--
-- {"OK", the body to send}
-- {"LEASE_LOST"}  nothing was changed

local id, attempt, body = ARGV[1], ARGV[2], ARGV[3]

local delivery = read_delivery(id, 'attempt', 'body')
if delivery.state ~= 'sending' or delivery.attempt ~= attempt then
  return {'LEASE_LOST'}
end
allow_when_full()
if not delivery.body then
  redis.call('HSET', prefix .. 'delivery:' .. id, 'body', body)
  redis.call('HDEL', prefix .. 'delivery:' .. id, 'snapshot')
end
return {'OK', delivery.body or body}
