-- Deletes a secret.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant  ARGV[2] name
--
-- {"DELETED"}
-- {"UNKNOWN"}           the tenant has no such secret
-- {"IN_USE", endpoint}  it signs for this one; nothing was changed

local user = user_of_secret(ARGV[1], ARGV[2])
if user then
  return {'IN_USE', user}
end
return {redis.call('HDEL', prefix .. 'secrets:' .. ARGV[1], ARGV[2]) == 1 and 'DELETED' or 'UNKNOWN'}
