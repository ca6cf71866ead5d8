-- Deletes an endpoint, and the secret that is named like its ID unless another endpoint uses that.
--
-- Uses
--   context    prefix
--   endpoints  find_user_of_secret
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant  ARGV[2] ID of the endpoint
--
-- "OK"
-- "UNKNOWN"  the tenant has no such endpoint; nothing was changed

local tenant, id = ARGV[1], ARGV[2]

if redis.call('HDEL', prefix .. 'endpoints:' .. tenant, id) == 0 then
  return 'UNKNOWN'
end
if not find_user_of_secret(tenant, id) then
  redis.call('HDEL', prefix .. 'secrets:' .. tenant, id)
end
return 'OK'
