-- How a job comes back to the queue: from a browser, or when its time has come.
--
-- Uses
--   context  prefix, now_text, increment
--   job      read_job, add_to_timeline, set_state
--   queue    enqueue

-- After an attempt a job waits at its old rank, before everything that was submitted later. state: queued or scheduled.
-- due: when, if scheduled, ms
local function requeue(job, state, due)
  set_state(job, state)
  increment(job.tenant_key, 'waiting', '1')
  if job.deadlineMillis then
    redis.call('ZADD', prefix .. 'expiring', job.deadlineMillis, job.id)
  end
  if state == 'queued' then
    enqueue(job.tenant, job.rank, job.id)
  else
    redis.call('ZADD', prefix .. 'scheduled', due, job.id)
    increment(job.tenant_key, 'scheduled', '1')
  end
end

-- Queues scheduled jobs whose time has come, up to a limit. Returns how many.
local function queue_due(limit)
  local due = redis.call('ZRANGEBYSCORE', prefix .. 'scheduled', '-inf', now_text, 'LIMIT', '0', limit)
  for _, id in ipairs(due) do
    redis.call('ZREM', prefix .. 'scheduled', id)
    local job = read_job(id)
    if job.state == 'scheduled' then
      increment(job.tenant_key, 'scheduled', '-1')
      add_to_timeline(job, 'queued')
      set_state(job, 'queued')
      enqueue(job.tenant, job.rank, job.id)
    end
  end
  return #due
end
