-- Finds a secret by name, or creates it.
--
-- Uses
--   endpoints  find_or_create_secret
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant  ARGV[2] name of the secret  ARGV[3] key to create it with
-- ARGV[4] maximum number of secrets of the tenant
--
-- {"FOUND", its keys, separated by spaces}
-- {"CREATED", the key}
-- {"TOO_MANY_SECRETS"}  nothing was changed

local tenant, name, key, limit = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local keys, word = find_or_create_secret(tenant, name, key, limit)
return {word, keys}
