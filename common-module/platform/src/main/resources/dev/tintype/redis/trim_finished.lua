-- Deletes finished jobs, oldest first, until the rest is within every limit.
--
-- Uses
--   context   prefix, now, totals, allow_when_full
--   deletion  update_oldest, delete_job
--
-- KEYS[1] prefix (see parts/context.lua)
--   limits  STRING  the limits of one tenant at the last trim
-- ARGV[1] maximum number of jobs
-- ARGV[2] how long a job is kept, ms
-- ARGV[3] jobs kept in all           ARGV[4] bytes of images kept in all
-- ARGV[5] jobs kept of one tenant    ARGV[6] bytes of images kept of one tenant
-- ARGV[7] how long a tombstone is kept, ms
-- ARGV[8] "1" if Redis is nearly full: then the oldest jobs are deleted within the limits too, a few per call, without tombstone
--
-- flat list of id, "age" | "count" | "bytes" | "tenant_count" | "tenant_bytes" | "memory"

local limit, age_millis, max_jobs, max_bytes = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local limits, max_jobs_of_tenant, max_bytes_of_tenant = ARGV[5] .. ' ' .. ARGV[6], tonumber(ARGV[5]), tonumber(ARGV[6])
local tombstone_millis, is_nearly_full = ARGV[7], ARGV[8] == '1'

-- Tenants looked at per call; the next call looks at others.
local TENANTS = 500

allow_when_full()
if redis.call('GET', prefix .. 'limits') ~= limits then
  redis.call('SET', prefix .. 'limits', limits)
  for _, tenant in ipairs(redis.call('ZRANGE', prefix .. 'oldest', 0, -1)) do
    redis.call('SADD', prefix .. 'settled', tenant)
  end
end
local settled = redis.call('SRANDMEMBER', prefix .. 'settled', TENANTS)
for _, tenant in ipairs(settled) do
  update_oldest(tenant)
end

local function limit_of_tenant_exceeded(tenant)
  if redis.call('ZCARD', prefix .. 'finished:' .. tenant) > max_jobs_of_tenant then
    return 'tenant_count'
  end
  local bytes = redis.call('HGET', prefix .. 'tenant:' .. tenant, 'bytes')
  return tonumber(bytes or 0) > max_bytes_of_tenant and 'tenant_bytes'
end

local left_for_memory = is_nearly_full and 20 or 0 -- few, because Redis shows freed memory with a delay
local function next_to_delete()
  local first = redis.call('ZRANGE', prefix .. 'oldest', 0, 0, 'WITHSCORES')
  local tenant = first[1]
  if not tenant then
    return
  end
  local all = redis.call('HMGET', totals, 'bytes', 'forgotten', 'succeeded', 'failed', 'cancelled', 'expired')
  local kept = (all[3] or 0) + (all[4] or 0) + (all[5] or 0) + (all[6] or 0) - (all[2] or 0)
  local reason = tonumber(first[2]) <= now - age_millis and 'age'
    or kept > max_jobs and 'count'
    or tonumber(all[1] or 0) > max_bytes and 'bytes'
  while not reason and settled[1] do
    tenant = settled[#settled]
    reason = limit_of_tenant_exceeded(tenant)
    if not reason then
      redis.call('SREM', prefix .. 'settled', table.remove(settled))
    end
  end
  if not reason and left_for_memory > 0 then
    left_for_memory, tenant, reason = left_for_memory - 1, first[1], 'memory'
  end
  return tenant, reason
end

local deleted = {}
for _ = 1, limit do
  local tenant, reason = next_to_delete()
  if not reason then
    break
  end
  local id = redis.call('ZRANGE', prefix .. 'finished:' .. tenant, 0, 0)[1]
  if delete_job(id, reason, reason == 'memory' and 0 or tombstone_millis, tenant) then
    table.insert(deleted, id)
    table.insert(deleted, reason)
  end
end
return deleted
