-- How a finished job is forgotten, and everything that counted it.
--
--   oldest     ZSET    tenants that have finished jobs, by when the first of these finished, ms
--   gone:<id>  STRING  that there was such a job: its state, and why it is forgotten

local function look_at_oldest(tenant)
  local first = redis.call('ZRANGE', prefix .. 'finished:' .. tenant, 0, 0, 'WITHSCORES')
  if first[1] then
    redis.call('ZADD', prefix .. 'oldest', first[2], tenant)
  else
    redis.call('ZREM', prefix .. 'oldest', tenant)
  end
  return first[1]
end

-- A tenant of which nothing is left leaves nothing behind.
local function forget_tenant(tenant)
  local key = prefix .. 'tenant:' .. tenant
  local own = redis.call('HMGET', key, 'waiting', 'running', 'earliest')
  local is_idle = tonumber(own[1] or 0) == 0 and tonumber(own[2] or 0) == 0
  if is_idle and tonumber(own[3] or 0) < tonumber(micros_text) and not has_turn(tenant) then
    redis.call('DEL', key)
  end
end

-- The owner is told where it is known from elsewhere: the job itself may be lost.
local function forget(id, why, tombstone_millis, owner)
  local job = read(id, 'bytes')
  local tenant = job.tenant or owner
  redis.call('DEL', job.key)
  if tenant then
    redis.call('ZREM', prefix .. 'jobs:' .. tenant, id)
    count(totals, 'forgotten', redis.call('ZREM', prefix .. 'finished:' .. tenant, id))
  end
  if job.state == 'succeeded' then
    count(totals, 'bytes', '-' .. job.more)
    count(job.tenant_key, 'bytes', '-' .. job.more)
    discard_images(job, now)
    answer_no_more(job)
  end
  if job.batch then
    forget_in_batch(job)
  end
  if job.state and tonumber(tombstone_millis) > 0 then
    redis.call('SET', prefix .. 'gone:' .. id, job.state .. ' ' .. why, 'PX', tombstone_millis)
  end
  if tenant and not look_at_oldest(tenant) then
    forget_tenant(tenant)
  end
  return job.state
end
