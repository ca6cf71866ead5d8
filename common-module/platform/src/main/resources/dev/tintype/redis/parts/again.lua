-- How a job comes to wait that has been somewhere else: in a browser, or waiting for its time.

-- After an attempt a job waits at its old rank, before all that came later.
local function wait_again(job, state, due)
  become(job, state)
  count(job.tenant_key, 'waiting', '1')
  if job.deadlineMillis then
    redis.call('ZADD', prefix .. 'expiring', job.deadlineMillis, job.id)
  end
  if state == 'queued' then
    enqueue(job.tenant, job.rank, job.id)
  else
    redis.call('ZADD', prefix .. 'scheduled', due, job.id)
    count(job.tenant_key, 'scheduled', '1')
  end
end

-- Jobs whose time has come, and no more than the limit. How many.
local function promote_due(limit)
  local due = redis.call('ZRANGEBYSCORE', prefix .. 'scheduled', '-inf', now_text, 'LIMIT', '0', limit)
  for _, id in ipairs(due) do
    redis.call('ZREM', prefix .. 'scheduled', id)
    local job = read(id)
    if job.state == 'scheduled' then
      count(job.tenant_key, 'scheduled', '-1')
      note(job, 'queued')
      become(job, 'queued')
      enqueue(job.tenant, job.rank, job.id)
    end
  end
  return #due
end
