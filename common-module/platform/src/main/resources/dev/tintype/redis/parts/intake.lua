-- What comes before anything is stored: was it sent before, is there room. The first arguments of submit and submit_batch:
--
-- ARGV[1] id                         ARGV[2] tenant
-- ARGV[3] the tenant's weight        ARGV[4] captures that it may run at once
-- ARGV[5] jobs that it may have waiting  ARGV[6] that may wait in all
-- ARGV[7] microseconds that one capture takes of the tenant's rate, 0 for no rate
-- ARGV[8] microseconds that it may be ahead of its rate
-- ARGV[9] idempotency key, or ""  ARGV[10] fingerprint of what is submitted  ARGV[11] how long the key is remembered, ms
--
--   idem:<tenant>:<key>  STRING  fingerprint of the submission and id of the job or batch that an idempotency key stands for

local tenant, tenant_key, followed = ARGV[2], prefix .. 'tenant:' .. ARGV[2]
local idempotency = ARGV[9] ~= '' and prefix .. 'idem:' .. tenant .. ':' .. ARGV[9]

local function remember(id)
  if idempotency then
    redis.call('SET', idempotency, ARGV[10] .. ' ' .. id, 'PX', ARGV[11])
  end
end

-- What the key stands for, if it stands for anything.
local function replayed()
  local first = idempotency and redis.call('GET', idempotency)
  if first then
    local fingerprint, id = string.match(first, '^(%S*) (%S+)$')
    return {fingerprint == ARGV[10] and 'REPLAYED' or 'KEY_REUSED', id}
  end
end

-- How full the queue is, and whether the tenant has another plan than before.
local function survey()
  local all = redis.call('HMGET', totals, 'rank', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired',
    'browsers', 'browsersMillis', 'estimate')
  local own = redis.call('HMGET', tenant_key, 'waiting', 'weight', 'maxRunning', 'estimate', 'earliest', 'scheduled', 'followed')
  followed = own[7]
  return {rank = all[1] or 0, submitted = all[2] or 0, waiting = tonumber(own[1] or 0), scheduled = own[6] or 0,
    earliest = tonumber(own[5] or 0), estimate = own[4] or all[9], usual = all[9],
    -- What was submitted, has not finished and does not run.
    all_waiting = (all[2] or 0) - (all[3] or 0) - (all[4] or 0) - (all[5] or 0) - (all[6] or 0)
      - redis.call('ZCARD', prefix .. 'leases'),
    -- Workers that all died renew nothing, and so count themselves no more.
    browsers = tonumber(all[8] or 0) > now and tonumber(all[7]) or 0,
    has_new_plan = own[2] ~= ARGV[3] or own[3] ~= ARGV[4]}
end

local function likely_millis(queue, captures, at_once, each)
  return queue.browsers > 0 and math.ceil(captures * (each or 1000) / math.min(queue.browsers, at_once)) or -1
end

-- Why so many captures may not come in now, if they may not; takes from the tenant's rate if they may.
local function refused(queue, captures)
  local why
  if queue.waiting + captures > tonumber(ARGV[5]) or queue.all_waiting + captures > tonumber(ARGV[6]) then
    local of_tenant = queue.waiting + captures > tonumber(ARGV[5])
    why = {'FULL', of_tenant and 'tenant' or 'all', of_tenant and queue.waiting or queue.all_waiting,
      likely_millis(queue, captures, tonumber(ARGV[4]), queue.estimate)}
  elseif ARGV[7] ~= '0' then
    -- The generic cell rate algorithm: one time stamp is the whole bucket.
    local micros = tonumber(micros_text)
    -- No further ahead than it can be by this plan and this clock: either may have changed.
    local furthest = micros + ARGV[8] + ARGV[7]
    local from = math.min(math.max(queue.earliest, micros), furthest)
    if from > micros + ARGV[8] then
      why = {'THROTTLED', math.ceil((from - micros - ARGV[8]) / 1000)}
    else
      -- A batch takes what there is: one that is larger than the bucket must come in, too.
      redis.call('HSET', tenant_key, 'earliest', math.min(from + captures * ARGV[7], furthest))
    end
  end
  if why then
    count(totals, string.lower(why[1]), '1')
  end
  return why
end

-- So many captures come in: the rank of the first.
local function admit(queue, captures)
  if queue.has_new_plan then -- for the claims to come
    redis.call('HSET', tenant_key, 'weight', ARGV[3], 'maxRunning', ARGV[4])
    if redis.call('ZREM', prefix .. 'parked', tenant) == 1 then
      put_on_ring(tenant) -- it may run more than when it was parked
    end
    followed = keep_telling(tenant) -- the hash may be new
  end
  -- Ranks are times, so that a low priority waits for a while and not for ever; and each is greater than the one before.
  local rank = math.max(queue.rank + 1, tonumber(micros_text))
  redis.call('HSET', totals, 'rank', string.format('%d', rank + captures - 1), 'submitted', queue.submitted + captures)
  count(tenant_key, 'waiting', captures)
  return rank
end
