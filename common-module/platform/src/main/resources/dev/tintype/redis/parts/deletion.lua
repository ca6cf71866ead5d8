-- How a finished job is deleted, with everything that counted it.
--
-- Uses
--   context   prefix, now, micros_text, totals, increment
--   job       read_job
--   queue     is_listed
--   images    discard_images
--   batches   count_deleted
--   finished  clear_cache_entry
--
--   oldest     ZSET    tenants that have finished jobs, by when the first of these finished, ms
--   gone:<id>  STRING  tombstone of a deleted job: its state, why it was deleted, and its tenant

-- Updates the tenant's place among the oldest. Returns its oldest finished job, or nil.
local function update_oldest(tenant)
  local first = redis.call('ZRANGE', prefix .. 'finished:' .. tenant, 0, 0, 'WITHSCORES')
  if first[1] then
    redis.call('ZADD', prefix .. 'oldest', first[2], tenant)
  else
    redis.call('ZREM', prefix .. 'oldest', tenant)
  end
  return first[1]
end

-- Deletes the hash of a tenant that has no jobs left.
local function delete_idle_tenant(tenant)
  local key = prefix .. 'tenant:' .. tenant
  local own = redis.call('HMGET', key, 'waiting', 'running', 'earliest')
  local is_idle = tonumber(own[1] or 0) == 0 and tonumber(own[2] or 0) == 0
  if is_idle and tonumber(own[3] or 0) < tonumber(micros_text) and not is_listed(tenant) then
    redis.call('DEL', key)
  end
end

-- Deletes a finished job and lists its images for deletion. owner: its tenant, where the script knows it; the job's own hash
-- may be lost. Returns the state that the job had, or false if there was no such job.
local function delete_job(id, reason, tombstone_millis, owner)
  local job = read_job(id, 'bytes')
  local tenant = job.tenant or owner
  redis.call('DEL', job.key)
  if tenant then
    redis.call('ZREM', prefix .. 'jobs:' .. tenant, id)
    increment(totals, 'forgotten', redis.call('ZREM', prefix .. 'finished:' .. tenant, id))
  end
  if job.state == 'succeeded' then
    increment(totals, 'bytes', '-' .. job.bytes)
    increment(job.tenant_key, 'bytes', '-' .. job.bytes)
    discard_images(job, now)
    clear_cache_entry(job)
  end
  if job.batch then
    count_deleted(job)
  end
  if job.state and tonumber(tombstone_millis) > 0 then
    local tombstone = table.concat({ job.state, reason, tenant }, ' ')
    redis.call('SET', prefix .. 'gone:' .. id, tombstone, 'PX', tombstone_millis)
  end
  if tenant and not update_oldest(tenant) then
    delete_idle_tenant(tenant)
  end
  return job.state
end
