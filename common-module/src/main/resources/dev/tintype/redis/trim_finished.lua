-- Forgets finished jobs, oldest first, until what is kept is within every limit.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] how many jobs at most
-- ARGV[2] how long a job is kept, ms
-- ARGV[3] jobs kept in all           ARGV[4] bytes of images kept in all
-- ARGV[5] jobs kept of one tenant    ARGV[6] bytes of images kept of one tenant
-- ARGV[7] how long it is known that there was such a job, ms
-- ARGV[8] "1" if Redis is nearly full: the oldest go, whatever the limits say, a few at a time and without a trace
--
-- flat list of id, "age" | "count" | "bytes" | "tenant_count" | "tenant_bytes" | "memory"

not_refused_when_full()
local forgotten = {}
local for_memory = ARGV[8] == '1' and 20 or 0 -- what is freed is not seen at once, so little is taken at a time
local function oldest_of(key, why, tenant)
  local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  return first[1], why, tenant, first[2]
end

local function next_to_forget()
  local id, why, _, finished = oldest_of(prefix .. 'finished', 'age')
  if not id then
    return
  elseif tonumber(finished) <= now - ARGV[2] then
    return id, why
  elseif redis.call('ZCARD', prefix .. 'finished') > tonumber(ARGV[3]) then
    return id, 'count'
  elseif tonumber(redis.call('HGET', prefix .. 'totals', 'bytes') or 0) > tonumber(ARGV[4]) then
    return id, 'bytes'
  end
  local many = redis.call('ZREVRANGEBYSCORE', prefix .. 'kept', '+inf', '(' .. ARGV[5], 'LIMIT', 0, 1)[1]
  if many then
    return oldest_of(prefix .. 'finished:' .. many, 'tenant_count', many)
  end
  local large = redis.call('ZREVRANGEBYSCORE', prefix .. 'bytes', '+inf', '(' .. ARGV[6], 'LIMIT', 0, 1)[1]
  if large then
    return oldest_of(prefix .. 'finished:' .. large, 'tenant_bytes', large)
  end
  if for_memory > 0 then
    for_memory = for_memory - 1
    return id, 'memory'
  end
end

for _ = 1, ARGV[1] do
  local id, why, tenant = next_to_forget()
  if not id then
    break
  end
  if forget(id, why, why == 'memory' and 0 or ARGV[7], tenant) then
    table.insert(forgotten, id)
    table.insert(forgotten, why)
  end
end
return forgotten
