-- Lists the jobs of a tenant, newest first, filtered by state and host. One call looks at a bounded number of jobs, so that
-- Redis serves others in between; the caller continues from the cursor.
--
-- Uses
--   context  prefix
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant
-- ARGV[2] ID that all found jobs are older than, or ""
-- ARGV[3] ID that no found job is older than, or ""
-- ARGV[4] state, or ""     ARGV[5] host, or ""
-- ARGV[6] maximum number of jobs found
-- ARGV[7] maximum number of jobs looked at
--
-- list of "id". The first is the cursor: the last job that was looked at, or "" if there are no more

local tenant, older_than, not_older_than, state, host = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local max_found, max_looked_at = tonumber(ARGV[6]), tonumber(ARGV[7])

local newest = older_than == '' and '+' or '(' .. older_than
local oldest = not_older_than == '' and '-' or '[' .. not_older_than
local ids = redis.call('ZREVRANGEBYLEX', prefix .. 'jobs:' .. tenant, newest, oldest, 'LIMIT', 0, max_looked_at)
local found = {#ids == max_looked_at and ids[#ids] or ''}
local jobs = prefix .. 'job:'
for i, id in ipairs(ids) do
  local job = redis.call('HMGET', jobs .. id, 'state', 'host')
  if job[1] and (state == '' or job[1] == state) and (host == '' or job[2] == host) then
    table.insert(found, id)
    if #found > max_found then
      found[1] = (i < #ids or found[1] ~= '') and id or ''
      return found
    end
  end
end
return found
