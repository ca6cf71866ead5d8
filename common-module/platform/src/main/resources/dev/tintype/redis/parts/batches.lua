-- How a batch counts its jobs. It finishes with the last of them, and is deleted with the last of them.
--
-- Uses
--   context  prefix, now_text, increment
--   outbox   enqueue_deliveries
--
--   batch:<id>       HASH  tenant, total, createdMillis; open: jobs that have not finished; succeeded, failed, cancelled, expired:
--                         jobs that have; kept: jobs that are not deleted; finishedMillis; webhook, metadata
--   members:<batch>  LIST  its jobs, in the order of the submission

local function count_finished(job, state)
  local key = prefix .. 'batch:' .. job.batch
  increment(key, state, '1')
  if redis.call('HINCRBY', key, 'open', '-1') == 0 then
    redis.call('HSET', key, 'finishedMillis', now_text)
    local webhook = redis.call('HGET', key, 'webhook')
    enqueue_deliveries({id = job.batch, key = key, tenant = job.tenant, webhook = webhook}, 'batch.finished')
    redis.call('PUBLISH', prefix .. 'finished', job.batch)
  end
end

local function count_deleted(job)
  local key = prefix .. 'batch:' .. job.batch
  if redis.call('HINCRBY', key, 'kept', '-1') == 0 then
    redis.call('DEL', key, prefix .. 'members:' .. job.batch)
  end
end
