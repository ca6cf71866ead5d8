-- Puts jobs back to where their state says they are. No step leaves one elsewhere; a restored backup, a hand, or an
-- eviction may.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] ... ids
--
-- list of ids that were put back, each of a job that is "scheduled", "queued", "running", or finished

not_refused_when_full()
local put_back = {}
for _, id in ipairs(ARGV) do
  local job = read(id, 'finishedMillis')
  local function is_in(key)
    return redis.call('ZSCORE', prefix .. key, id)
  end
  local found = true
  if job.state == 'scheduled' and not is_in('scheduled') then
    found = redis.call('ZADD', prefix .. 'scheduled', now, id) == 0
  elseif job.state == 'queued' and not (job.host and is_in('aside:' .. job.tenant .. ':' .. job.host))
    and not (is_in('q:' .. job.tenant) and has_turn(job.tenant)) then
    found = enqueue(job.tenant, job.rank, job.id)
  elseif job.state == 'running' and not is_in('leases') then
    found = redis.call('ZADD', prefix .. 'leases', now, id) == 0 -- reclaimed at once: nobody renews it
  elseif job.more and not is_in('finished:' .. job.tenant) then
    found = redis.call('ZADD', prefix .. 'finished:' .. job.tenant, job.more, id) == 0
    redis.call('SADD', prefix .. 'settled', job.tenant)
  end
  if job.state and redis.call('ZADD', prefix .. 'jobs:' .. job.tenant, 'NX', '0', id) == 1 then
    found = false
  end
  if not found then
    table.insert(put_back, id)
  end
end
return put_back
