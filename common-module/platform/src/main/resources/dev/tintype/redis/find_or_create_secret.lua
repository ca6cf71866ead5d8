-- Looks for a secret, and makes it if there is none of its name.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant  ARGV[2] name  ARGV[3] key that it is made of
-- ARGV[4] secrets of a tenant at most
--
-- {"FOUND", its keys, parted by blanks}
-- {"CREATED", the key}
-- {"TOO_MANY_SECRETS"}  nothing was changed

local keys, word = secret_or(ARGV[1], ARGV[2], ARGV[3], ARGV[4])
return {word, keys}
