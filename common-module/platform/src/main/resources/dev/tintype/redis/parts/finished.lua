-- How a job reaches a final state.
--
-- Uses
--   context  prefix, now_text, micros_text, totals, increment
--   job      add_to_timeline, set_state
--   outbox   enqueue_deliveries
--   batches  count_finished
--
--   finished:<tenant>    ZSET    the tenant's finished jobs, by when they finished, ms
--   settled              SET     tenants with jobs that have finished since the last trim
--   same:<tenant>:<key>  STRING  job that answers equal captures

-- Equal captures are no longer answered by this job. A later job that took its place stays.
local function clear_cache_entry(job)
  local entry = job.cache_key and prefix .. 'same:' .. job.tenant .. ':' .. job.cache_key
  if entry and redis.call('GET', entry) == job.id then
    redis.call('DEL', entry)
  end
end

-- line: worker, code and message of the last event, each may be nil. The rest are fields of the job, as pairs.
local function finish_job(job, state, line, ...)
  add_to_timeline(job, state, line.worker, line.code, line.message)
  set_state(job, state, 'finishedMillis', now_text, ...)
  redis.call('HDEL', job.key, 'spec') -- up to 5 MiB of inline HTML that is not read again
  -- With microseconds, because the first to finish is the first to be trimmed.
  redis.call('ZADD', prefix .. 'finished:' .. job.tenant, now_text .. '.' .. string.sub(micros_text, -3), job.id)
  redis.call('SADD', prefix .. 'settled', job.tenant)
  increment(totals, state, '1')
  if state ~= 'succeeded' then
    clear_cache_entry(job)
  end
  enqueue_deliveries(job, 'screenshot.' .. state)
  if job.batch then
    count_finished(job, state)
  end
  redis.call('PUBLISH', prefix .. 'finished', job.id)
end
