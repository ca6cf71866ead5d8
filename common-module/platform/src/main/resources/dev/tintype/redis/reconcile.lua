-- Puts jobs back to where they belong by their state. No script leaves a job elsewhere; a restored backup, a manual change or
-- an eviction may.
--
-- Uses
--   context  prefix, now, allow_when_full
--   job      read_job
--   queue    is_listed, enqueue
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] ... job IDs
--
-- list of IDs that were put back, each of a job that is "scheduled", "queued", "running", or finished

local ids = ARGV

allow_when_full()
local put_back = {}
for _, id in ipairs(ids) do
  local job = read_job(id, 'finishedMillis')
  local function is_in(key)
    return redis.call('ZSCORE', prefix .. key, id)
  end
  local is_right = true
  if job.state == 'scheduled' and not is_in('scheduled') then
    is_right = redis.call('ZADD', prefix .. 'scheduled', now, id) == 0
  elseif job.state == 'queued' and not (job.host and is_in('aside:' .. job.tenant .. ':' .. job.host))
    and not (is_in('q:' .. job.tenant) and is_listed(job.tenant)) then
    is_right = enqueue(job.tenant, job.rank, job.id)
  elseif job.state == 'running' and not is_in('leases') then
    is_right = redis.call('ZADD', prefix .. 'leases', now, id) == 0 -- nobody renews it, so it is reclaimed at once
  elseif job.finishedMillis and not is_in('finished:' .. job.tenant) then
    is_right = redis.call('ZADD', prefix .. 'finished:' .. job.tenant, job.finishedMillis, id) == 0
    redis.call('SADD', prefix .. 'settled', job.tenant)
  end
  if job.state and redis.call('ZADD', prefix .. 'jobs:' .. job.tenant, 'NX', '0', id) == 1 then
    is_right = false
  end
  if not is_right then
    table.insert(put_back, id)
  end
end
return put_back
