-- Forgets finished jobs, oldest first, until what is kept is within every limit.
--
-- KEYS[1] prefix (see parts)
--   limits  STRING  those of one tenant when the finished were last trimmed
-- ARGV[1] how many jobs at most
-- ARGV[2] how long a job is kept, ms
-- ARGV[3] jobs kept in all           ARGV[4] bytes of images kept in all
-- ARGV[5] jobs kept of one tenant    ARGV[6] bytes of images kept of one tenant
-- ARGV[7] how long it is known that there was such a job, ms
-- ARGV[8] "1" if Redis is nearly full: the oldest go, whatever the limits say, a few at a time and without a trace
--
-- flat list of id, "age" | "count" | "bytes" | "tenant_count" | "tenant_bytes" | "memory"

-- Tenants looked at in a call; the others are next.
local TENANTS = 500

not_refused_when_full()
local limits = ARGV[5] .. ' ' .. ARGV[6]
if redis.call('GET', prefix .. 'limits') ~= limits then
  redis.call('SET', prefix .. 'limits', limits)
  for _, tenant in ipairs(redis.call('ZRANGE', prefix .. 'oldest', 0, -1)) do
    redis.call('SADD', prefix .. 'settled', tenant)
  end
end
local settled = redis.call('SRANDMEMBER', prefix .. 'settled', TENANTS)
for _, tenant in ipairs(settled) do
  look_at_oldest(tenant)
end

local function oldest_of(tenant)
  return redis.call('ZRANGE', prefix .. 'finished:' .. tenant, 0, 0)[1]
end

local function too_much_of(tenant)
  if redis.call('ZCARD', prefix .. 'finished:' .. tenant) > tonumber(ARGV[5]) then
    return 'tenant_count'
  end
  local bytes = redis.call('HGET', prefix .. 'tenant:' .. tenant, 'bytes')
  return tonumber(bytes or 0) > tonumber(ARGV[6]) and 'tenant_bytes'
end

local for_memory = ARGV[8] == '1' and 20 or 0 -- what is freed is not seen at once, so little is taken at a time
local function next_to_forget()
  local first = redis.call('ZRANGE', prefix .. 'oldest', 0, 0, 'WITHSCORES')
  local tenant = first[1]
  if not tenant then
    return
  end
  local all = redis.call('HMGET', totals, 'bytes', 'forgotten', 'succeeded', 'failed', 'cancelled', 'expired')
  local kept = (all[3] or 0) + (all[4] or 0) + (all[5] or 0) + (all[6] or 0) - (all[2] or 0)
  local why = tonumber(first[2]) <= now - ARGV[2] and 'age'
    or kept > tonumber(ARGV[3]) and 'count'
    or tonumber(all[1] or 0) > tonumber(ARGV[4]) and 'bytes'
  while not why and settled[1] do
    tenant = settled[#settled]
    why = too_much_of(tenant)
    if not why then
      redis.call('SREM', prefix .. 'settled', table.remove(settled))
    end
  end
  if not why and for_memory > 0 then
    for_memory, tenant, why = for_memory - 1, first[1], 'memory'
  end
  return tenant, why
end

local forgotten = {}
for _ = 1, ARGV[1] do
  local tenant, why = next_to_forget()
  if not why then
    break
  end
  local id = oldest_of(tenant)
  if forget(id, why, why == 'memory' and 0 or ARGV[7], tenant) then
    table.insert(forgotten, id)
    table.insert(forgotten, why)
  end
end
return forgotten
