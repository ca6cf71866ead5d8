-- How a job comes to a final state.
--
--   finished:<tenant>    ZSET    the tenant's finished jobs, by when they finished, ms
--   settled              SET     tenants of which jobs have finished since the finished were last trimmed
--   same:<tenant>:<key>  STRING  job that answers an equal capture

-- An equal capture is answered by this job no more, but still by the one that has come after it.
local function answer_no_more(job)
  local same = job.same and prefix .. 'same:' .. job.tenant .. ':' .. job.same
  if same and redis.call('GET', same) == job.id then
    redis.call('DEL', same)
  end
end

-- The story's last line has the worker, code and message; the rest are fields of the job in pairs.
local function finish(job, state, line, ...)
  note(job, state, line.worker, line.code, line.message)
  become(job, state, 'finishedMillis', now_text, ...)
  redis.call('HDEL', job.key, 'spec') -- up to 5 MiB of inline page, and nobody reads it again
  -- To the microsecond, because the first to finish is the first to go.
  redis.call('ZADD', prefix .. 'finished:' .. job.tenant, now_text .. '.' .. string.sub(micros_text, -3), job.id)
  redis.call('SADD', prefix .. 'settled', job.tenant)
  count(totals, state, '1')
  if state ~= 'succeeded' then
    answer_no_more(job)
  end
  enqueue_deliveries(job, 'screenshot.' .. state)
  if job.batch then
    count_in_batch(job, state)
  end
  redis.call('PUBLISH', prefix .. 'finished', job.id)
end
