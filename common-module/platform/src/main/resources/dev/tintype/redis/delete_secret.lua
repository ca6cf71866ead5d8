-- Deletes a secret that no endpoint uses.
--
-- Uses
--   context    prefix
--   endpoints  find_user_of_secret
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant  ARGV[2] name of the secret
--
-- {"DELETED"}
-- {"UNKNOWN"}           the tenant has no such secret
-- {"IN_USE", endpoint}  this endpoint uses it; nothing was changed

local tenant, name = ARGV[1], ARGV[2]

local user = find_user_of_secret(tenant, name)
if user then
  return {'IN_USE', user}
end
return {redis.call('HDEL', prefix .. 'secrets:' .. tenant, name) == 1 and 'DELETED' or 'UNKNOWN'}
