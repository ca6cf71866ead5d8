-- Deletes an endpoint, and the secret of its id's name unless that signs for another.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant  ARGV[2] id
--
-- "OK"
-- "UNKNOWN"  the tenant has no such endpoint; nothing was changed

if redis.call('HDEL', prefix .. 'endpoints:' .. ARGV[1], ARGV[2]) == 0 then
  return 'UNKNOWN'
end
if not user_of_secret(ARGV[1], ARGV[2]) then
  redis.call('HDEL', prefix .. 'secrets:' .. ARGV[1], ARGV[2])
end
return 'OK'
