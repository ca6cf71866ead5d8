-- How a job comes to run: its host has room for it, and its tenant pays.

-- tenant, host, rank.
local function put_aside(job)
  redis.call('ZADD', prefix .. 'aside:' .. job.tenant .. ':' .. job.host, job.rank, job.id)
  redis.call('ZADD', prefix .. 'hostwait:' .. job.host, 'NX', now_text, job.tenant)
end

-- Whether one more capture of the host may begin; it is counted then.
local function may_open(host, limit)
  local running = host and redis.call('HINCRBY', prefix .. 'hosts', host, '1') or 0
  if running > limit then
    redis.call('HINCRBY', prefix .. 'hosts', host, '-1')
  elseif running > 0 and running < limit then
    pull(host)
  end
  return running <= limit
end

-- The tenant of a job that starts pays for what its captures usually take, and moves on the ring: the charge. own: weight,
-- maxRunning, running, estimate, credit.
local function charge(job, own, reached)
  -- One that nothing is known of is taken for one like the others, or it would have every browser before it pays.
  local usual = math.max(1, tonumber(own[4] or redis.call('HGET', totals, 'estimate') or 1))
  local credit = math.min(tonumber(own[5] or 0), usual - 1)
  local vtime = string.format('%d', reached + math.max(1, math.floor((usual - credit) * 1000 / (own[1] or 1))))
  local key = job.tenant_key
  redis.call('HSET', key, 'vtime', vtime, 'running', (own[3] or 0) + 1)
  if credit ~= 0 then
    redis.call('HINCRBY', key, 'credit', -credit)
  end
  if redis.call('EXISTS', prefix .. 'q:' .. job.tenant) == 1 then
    redis.call('ZADD', prefix .. 'ring', vtime, job.tenant)
  else
    redis.call('ZREM', prefix .. 'ring', job.tenant)
  end
  return usual
end
