-- Creates a delivery of a test event to an endpoint.
--
-- Uses
--   context  prefix
--   outbox   enqueue_delivery
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant  ARGV[2] ID of the endpoint  ARGV[3] ID of the delivery
--
-- "OK"       the delivery exists, by this call or by the same call sent before
-- "UNKNOWN"  the tenant has no such endpoint

local tenant, id, delivery = ARGV[1], ARGV[2], ARGV[3]

local endpoint = redis.call('HGET', prefix .. 'endpoints:' .. tenant, id)
if not endpoint then
  return 'UNKNOWN'
end
if redis.call('EXISTS', prefix .. 'delivery:' .. delivery) == 0 then
  enqueue_delivery(delivery, cjson.decode(endpoint),
    {tenant = tenant, type = 'webhook.test', endpoint = id, subject = '', snapshot = ''})
end
return 'OK'
