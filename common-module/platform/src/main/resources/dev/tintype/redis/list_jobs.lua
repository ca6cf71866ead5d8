-- Looks through the jobs of a tenant, newest first, for those of a state and a host. A bounded number a call, however many
-- there are: who wants more goes on from the cursor, and others are served in between.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant
-- ARGV[2] id that all found are older than, or ""
-- ARGV[3] id that none found is older than, or ""
-- ARGV[4] state, or ""     ARGV[5] host, or ""
-- ARGV[6] how many are found at most
-- ARGV[7] how many are looked at, at most
--
-- list of "id", the first of which is the cursor: the last that was looked at, or "" when there are no more

local newest = ARGV[2] == '' and '+' or '(' .. ARGV[2]
local oldest = ARGV[3] == '' and '-' or '[' .. ARGV[3]
local ids = redis.call('ZREVRANGEBYLEX', prefix .. 'jobs:' .. ARGV[1], newest, oldest, 'LIMIT', 0, ARGV[7])
local found = {#ids == tonumber(ARGV[7]) and ids[#ids] or ''}
local jobs = prefix .. 'job:'
for i, id in ipairs(ids) do
  local job = redis.call('HMGET', jobs .. id, 'state', 'host')
  if job[1] and (ARGV[4] == '' or job[1] == ARGV[4]) and (ARGV[5] == '' or job[2] == ARGV[5]) then
    table.insert(found, id)
    if #found > tonumber(ARGV[6]) then
      found[1] = (i < #ids or found[1] ~= '') and id or ''
      return found
    end
  end
end
return found
