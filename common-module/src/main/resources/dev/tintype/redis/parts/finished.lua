-- How a job comes to a final state.
--
--   finished             ZSET    finished jobs, by when they finished, ms
--   finished:<tenant>    ZSET    the tenant's
--   kept                 ZSET    tenants, by how many finished jobs they have
--   bytes                ZSET    tenants, by bytes of images
--   same:<tenant>:<key>  STRING  job that answers an equal capture

-- An equal capture is answered by this job no more, but still by the one that has come after it: same.
local function answer_no_more(job)
  local same = job.same and prefix .. 'same:' .. job.tenant .. ':' .. job.same
  if same and redis.call('GET', same) == job.id then
    redis.call('DEL', same)
  end
end

-- The story's last line has the worker, code and message; the rest are fields of the job in pairs. same.
local function finish(job, state, line, ...)
  become(job, state)
  redis.call('HDEL', prefix .. 'job:' .. job.id, 'spec') -- up to 5 MiB of inline page, and nobody reads it again
  redis.call('HSET', prefix .. 'job:' .. job.id, 'finishedMillis', now, ...)
  note(job.id, state, job.attempt or 0, line.worker, line.code, line.message)
  local moment = time[1] * 1000 + time[2] / 1000 -- to the microsecond, because the first to finish is the first to go
  redis.call('ZADD', prefix .. 'finished', moment, job.id)
  redis.call('ZADD', prefix .. 'finished:' .. job.tenant, moment, job.id)
  redis.call('ZINCRBY', prefix .. 'kept', 1, job.tenant)
  redis.call('HINCRBY', prefix .. 'counters', state, 1)
  if state ~= 'succeeded' then
    answer_no_more(job)
  end
  redis.call('PUBLISH', prefix .. 'finished', job.id)
end

-- A waiting job that nobody has a use for any more: attempt, deadlineMillis, host, same.
local function expire(job)
  leave_waiting(job)
  local limit = job.deadlineMillis and tonumber(job.deadlineMillis) <= now and 'deadline_passed' or 'queue_timeout'
  finish(job, 'expired', {code = limit}, 'expiredBy', limit)
end

-- attempt, worker, host, startedMillis, charged, same, image.
local function cancel(job)
  if job.state == 'scheduled' or job.state == 'queued' then
    leave_waiting(job)
  elseif job.state == 'running' then
    settle(job)
    leave_running(job)
    discard_image(job)
  else
    return job.state == 'cancelled' and 'CANCELLED' or 'FINISHED'
  end
  finish(job, 'cancelled', {worker = job.worker})
  return 'CANCELLED'
end
