-- How a batch counts its jobs, ends with the last of them, and is forgotten with the last of them.
--
--   batch:<id>       HASH  tenant, total, createdMillis; open: jobs that have not ended; succeeded, failed, cancelled, expired:
--                         jobs that have; kept: jobs that are not forgotten; finishedMillis; webhook, metadata
--   members:<batch>  LIST  its jobs, in the order in which they were asked for

local function count_in_batch(job, state)
  local key = prefix .. 'batch:' .. job.batch
  count(key, state, '1')
  if redis.call('HINCRBY', key, 'open', '-1') == 0 then
    redis.call('HSET', key, 'finishedMillis', now_text)
    local webhook = redis.call('HGET', key, 'webhook')
    enqueue_deliveries({id = job.batch, key = key, tenant = job.tenant, webhook = webhook}, 'batch.finished')
    redis.call('PUBLISH', prefix .. 'finished', job.batch)
  end
end

local function forget_in_batch(job)
  local key = prefix .. 'batch:' .. job.batch
  if redis.call('HINCRBY', key, 'kept', '-1') == 0 then
    redis.call('DEL', key, prefix .. 'members:' .. job.batch)
  end
end
