-- How a finished job is forgotten, and everything that counted it.
--
--   gone:<id>  STRING  that there was such a job: its state, and why it is forgotten

-- A tenant of which nothing is left leaves nothing behind.
local function forget_tenant(tenant)
  local key = prefix .. 'tenant:' .. tenant
  local counts = redis.call('HMGET', key, 'scheduled', 'queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired')
  for i = 1, 7 do
    if tonumber(counts[i] or 0) ~= 0 then
      return
    end
  end
  if not has_turn(tenant) and tonumber(redis.call('HGET', key, 'earliest') or 0) < now * 1000 then
    redis.call('DEL', key)
  end
end

-- The owner is told where it is known from elsewhere: the job itself may be lost.
local function forget(id, why, tombstone_millis, owner)
  local job = read(id, 'image', 'bytes', 'same')
  redis.call('DEL', prefix .. 'job:' .. id, prefix .. 'timeline:' .. id)
  redis.call('ZREM', prefix .. 'finished', id)
  local tenant = job.tenant or owner
  if tenant then
    redis.call('ZREM', prefix .. 'finished:' .. tenant, id)
    local kept = redis.call('ZCARD', prefix .. 'finished:' .. tenant)
    redis.call('ZADD', prefix .. 'kept', kept, tenant)
    if kept == 0 then
      redis.call('ZREM', prefix .. 'kept', tenant)
    end
  end
  if not job.state then
    return false
  end
  redis.call('HINCRBY', prefix .. 'totals', job.state, -1)
  redis.call('HINCRBY', prefix .. 'tenant:' .. job.tenant, job.state, -1)
  if job.state == 'succeeded' then
    redis.call('HINCRBY', prefix .. 'totals', 'bytes', 0 - job.bytes)
    if redis.call('ZINCRBY', prefix .. 'bytes', 0 - job.bytes, job.tenant) == '0' then
      redis.call('ZREM', prefix .. 'bytes', job.tenant)
    end
    redis.call('ZADD', prefix .. 'garbage', now, job.image)
    answer_no_more(job)
  end
  redis.call('HINCRBY', prefix .. 'counters', 'forgotten', 1)
  if tonumber(tombstone_millis) > 0 then
    redis.call('SET', prefix .. 'gone:' .. id, job.state .. ' ' .. why, 'PX', tombstone_millis)
  end
  forget_tenant(job.tenant)
  return true
end
