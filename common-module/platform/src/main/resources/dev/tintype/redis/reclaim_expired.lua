-- Takes running jobs away from workers that stopped renewing: back to their place in the queue, or, when a job has cost
-- too many workers, to failed, so that a poison page does not walk through the fleet.
--
-- KEYS[1] prefix (see parts)
--   looked  STRING  when somebody last looked for ended leases, ms
-- ARGV[1] how many jobs at most
-- ARGV[2] crashes after which a job fails
-- ARGV[3] failure of such a job, JSON
-- ARGV[4] its code     ARGV[5] its message
-- ARGV[6] lease, ms
--
-- flat list of id, attempt, worker, "queued" | "failed"

-- Nobody looked for so long: Redis was away, or its clock was set forward. Then nobody could renew, either, and those who
-- live are given the time to.
local BLIND_MILLIS = 5000
local RENEWAL_MILLIS = 6000

not_refused_when_full()
local looked = tonumber(redis.call('GET', prefix .. 'looked') or now)
redis.call('SET', prefix .. 'looked', now)
-- A lease that ends later than any given now is of before the clock was set back: its worker may be long dead.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'leases', '(' .. now + ARGV[6], '+inf', 'LIMIT', 0, ARGV[1])) do
  redis.call('ZADD', prefix .. 'leases', now + ARGV[6], id)
end
if now - looked > BLIND_MILLIS then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'leases', '-inf', now)) do
    redis.call('ZADD', prefix .. 'leases', now + math.min(RENEWAL_MILLIS, ARGV[6]), id)
  end
  return {}
end

local reclaimed = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'leases', '-inf', now, 'LIMIT', 0, ARGV[1])) do
  local job = read(id)
  redis.call('ZREM', prefix .. 'leases', id)
  if job.state == 'running' then
    leave_running(job)
    discard_attempt(job)
    count(totals, 'lease_expired', '1')
    note(job, 'lease_expired', job.worker)
    if redis.call('HINCRBY', job.key, 'crashes', 1) >= tonumber(ARGV[2]) then
      finish(job, 'failed', {worker = job.worker, code = ARGV[4], message = ARGV[5]}, 'failure', ARGV[3])
    else
      wait_again(job, 'queued')
    end
    for _, word in ipairs({id, job.attempt, job.worker, job.state}) do
      table.insert(reclaimed, word)
    end
  end
end
return reclaimed
