-- Makes an endpoint, or puts it in the place of the one of its id.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant  ARGV[2] id  ARGV[3] the endpoint, JSON
-- ARGV[4] name of its secret  ARGV[5] key that this is made of if there is none, or ""
-- ARGV[6] endpoints of a tenant at most, or 0 if it is to take the place of one  ARGV[7] secrets of a tenant at most
--
-- "OK"                by this call or by the same one sent before
-- "UNKNOWN"           there is none to take the place of
-- "TOO_MANY", "NO_SECRET", "TOO_MANY_SECRETS"   nothing was changed

local endpoints = prefix .. 'endpoints:' .. ARGV[1]
if redis.call('HEXISTS', endpoints, ARGV[2]) == 0 then
  if ARGV[6] == '0' then
    return 'UNKNOWN'
  elseif redis.call('HLEN', endpoints) >= tonumber(ARGV[6]) then
    return 'TOO_MANY'
  end
end
local keys, word = secret_or(ARGV[1], ARGV[4], ARGV[5], ARGV[7])
if not keys then
  return word
end
redis.call('HSET', endpoints, ARGV[2], ARGV[3])
return 'OK'
