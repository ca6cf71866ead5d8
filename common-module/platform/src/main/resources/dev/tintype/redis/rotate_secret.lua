-- Puts a new key in front of those of a secret. The one that it takes the place of goes on signing for a while; what is
-- older than the newest few, or past its time, goes.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant    ARGV[2] name of the secret
-- ARGV[3] new key   ARGV[4] how long the old one still signs, ms
--
-- {"OK", keys that sign..., an old one as key@<ms until when>}, by this call or by the same one sent before
-- {"UNKNOWN"}  the tenant has no such secret

local KEYS_KEPT = 5 -- each is a signature in a header of every call

local secrets = prefix .. 'secrets:' .. ARGV[1]
local known = redis.call('HGET', secrets, ARGV[2])
if not known then
  return {'UNKNOWN'}
end
local keys = {ARGV[3]}
for key in string.gmatch(known, '%S+') do
  local text, till = string.match(key, '^([^@]+)@?(%d*)$')
  till = till == '' and string.format('%.0f', now + ARGV[4]) or till
  if text ~= ARGV[3] and tonumber(till) > now and #keys < KEYS_KEPT then
    keys[#keys + 1] = text .. '@' .. till
  end
end
redis.call('HSET', secrets, ARGV[2], table.concat(keys, ' '))
return {'OK', unpack(keys)}
