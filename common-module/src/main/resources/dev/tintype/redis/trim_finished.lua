-- Forgets finished jobs, oldest first, until what is kept is within every limit.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] how many jobs at most
-- ARGV[2] how long a job is kept, ms
-- ARGV[3] jobs kept in all           ARGV[4] bytes of images kept in all
-- ARGV[5] jobs kept of one tenant    ARGV[6] bytes of images kept of one tenant
-- ARGV[7] how long it is known that there was such a job, ms
--
-- flat list of id, "age" | "count" | "bytes" | "tenant_count" | "tenant_bytes"

not_refused_when_full()
local forgotten = {}
local function oldest_of(key, why)
  local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  return first[1], why, first[2]
end

local function next_to_forget()
  local id, why, finished = oldest_of(prefix .. 'finished', 'age')
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
    return oldest_of(prefix .. 'finished:' .. many, 'tenant_count')
  end
  local large = redis.call('ZREVRANGEBYSCORE', prefix .. 'bytes', '+inf', '(' .. ARGV[6], 'LIMIT', 0, 1)[1]
  if large then
    return oldest_of(prefix .. 'finished:' .. large, 'tenant_bytes')
  end
end

for _ = 1, ARGV[1] do
  local id, why = next_to_forget()
  if not id then
    break
  end
  forget(id, why, ARGV[7])
  table.insert(forgotten, id)
  table.insert(forgotten, why)
end
return forgotten
