-- Takes running jobs from workers that no longer renew their leases. Such a job is queued at its old place; if it has crashed too
-- many workers it fails, so that it cannot walk through the fleet.
--
-- Uses
--   context   prefix, now, totals, increment, allow_when_full
--   job       read_job, add_to_timeline
--   retry     requeue
--   running   leave_running, discard_attempt
--   finished  finish_job
--
-- KEYS[1] prefix (see parts/context.lua)
--   looked  STRING  when expired leases were last looked for, ms
-- ARGV[1] maximum number of jobs
-- ARGV[2] number of crashes after which a job fails
-- ARGV[3] failure of such a job, JSON
-- ARGV[4] its code     ARGV[5] its message
-- ARGV[6] lease, ms
--
-- flat list of id, attempt, worker, "queued" | "failed"

local limit, max_crashes, failure, code, message, lease_millis = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5], ARGV[6]

-- If nobody has looked for this long, Redis was away or its clock was set forward. Nobody could renew then either, so workers
-- get time to.
local BLIND_MILLIS = 5000
local RENEWAL_MILLIS = 6000

allow_when_full()
local leases = prefix .. 'leases'
local looked = tonumber(redis.call('GET', prefix .. 'looked') or now)
redis.call('SET', prefix .. 'looked', now)
-- A lease that ends later than any that starts now was given before the clock was set back: its worker may be long dead.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '(' .. now + lease_millis, '+inf', 'LIMIT', 0, limit)) do
  redis.call('ZADD', leases, now + lease_millis, id)
end
if now - looked > BLIND_MILLIS then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now)) do
    redis.call('ZADD', leases, now + math.min(RENEWAL_MILLIS, lease_millis), id)
  end
  return {}
end

local reclaimed = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, limit)) do
  local job = read_job(id)
  redis.call('ZREM', leases, id)
  if job.state == 'running' then
    leave_running(job)
    discard_attempt(job)
    increment(totals, 'lease_expired', '1')
    add_to_timeline(job, 'lease_expired', job.worker)
    if redis.call('HINCRBY', job.key, 'crashes', 1) >= max_crashes then
      finish_job(job, 'failed', {worker = job.worker, code = code, message = message}, 'failure', failure)
    else
      requeue(job, 'queued')
    end
    for _, word in ipairs({id, job.attempt, job.worker, job.state}) do
      table.insert(reclaimed, word)
    end
  end
end
return reclaimed
