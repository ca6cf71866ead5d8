-- Creates an endpoint, or replaces the one with its ID.
--
-- Uses
--   context    prefix
--   endpoints  find_or_create_secret
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant  ARGV[2] ID of the endpoint  ARGV[3] the endpoint, JSON
-- ARGV[4] name of its secret  ARGV[5] key to create the secret with, or "" if it must exist
-- ARGV[6] maximum number of endpoints of the tenant, or 0 to replace only  ARGV[7] maximum number of secrets
--
-- "OK"                by this call or by the same call sent before
-- "UNKNOWN"           there is no endpoint to replace
-- "TOO_MANY", "NO_SECRET", "TOO_MANY_SECRETS"   nothing was changed

local tenant, id, endpoint, secret, key = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local max_endpoints, max_secrets = tonumber(ARGV[6]), ARGV[7]

local endpoints = prefix .. 'endpoints:' .. tenant
if redis.call('HEXISTS', endpoints, id) == 0 then
  if max_endpoints == 0 then
    return 'UNKNOWN'
  elseif redis.call('HLEN', endpoints) >= max_endpoints then
    return 'TOO_MANY'
  end
end
local keys, word = find_or_create_secret(tenant, secret, key, max_secrets)
if not keys then
  return word
end
redis.call('HSET', endpoints, id, endpoint)
return 'OK'
