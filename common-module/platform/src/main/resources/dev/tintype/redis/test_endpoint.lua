-- Makes a delivery to an endpoint that tells of nothing but itself.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant  ARGV[2] endpoint  ARGV[3] id of the delivery
--
-- "OK"       it will be tried
-- "UNKNOWN"  the tenant has no such endpoint

local endpoint = redis.call('HGET', prefix .. 'endpoints:' .. ARGV[1], ARGV[2])
if not endpoint then
  return 'UNKNOWN'
end
if redis.call('EXISTS', prefix .. 'delivery:' .. ARGV[3]) == 0 then
  enqueue_delivery(ARGV[3], cjson.decode(endpoint),
    {tenant = ARGV[1], type = 'webhook.test', endpoint = ARGV[2], subject = '', snapshot = ''})
end
return 'OK'
