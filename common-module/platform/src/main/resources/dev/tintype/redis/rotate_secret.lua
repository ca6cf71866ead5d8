-- Puts a new key in front of the keys of a secret. The previous key still signs for a while. Keys beyond the newest five, and
-- keys whose time is over, are dropped.
--
-- Uses
--   context  prefix, now
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant    ARGV[2] name of the secret
-- ARGV[3] new key   ARGV[4] how long the previous key still signs, ms
--
-- {"OK", keys that sign..., an older one as key@<ms until when>}, by this call or by the same call sent before
-- {"UNKNOWN"}  the tenant has no such secret

local tenant, name, new_key, overlap_millis = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local KEYS_KEPT = 5 -- each is a signature in a header of every request

local secrets = prefix .. 'secrets:' .. tenant
local known = redis.call('HGET', secrets, name)
if not known then
  return {'UNKNOWN'}
end
local keys = {new_key}
for key in string.gmatch(known, '%S+') do
  local text, till = string.match(key, '^([^@]+)@?(%d*)$')
  till = till == '' and string.format('%.0f', now + overlap_millis) or till
  if text ~= new_key and tonumber(till) > now and #keys < KEYS_KEPT then
    keys[#keys + 1] = text .. '@' .. till
  end
end
redis.call('HSET', secrets, name, table.concat(keys, ' '))
return {'OK', unpack(keys)}
