-- What is checked before a submission is stored: was it sent before, and is there room.
--
-- Uses
--   context  prefix, now, micros_text, totals, increment
--
--   idem:<tenant>:<key>  STRING  fingerprint of the submission, and ID of the job or batch that it created
--
-- idem: the Redis key for the idempotency key, or false without one
-- plan: weight and max_running of the tenant; max_waiting of the tenant, max_waiting_in_all; spacing: microseconds that one
-- capture takes of the tenant's rate, "0" for no rate; ahead: microseconds that it may be ahead of its rate
-- load: what read_load returns

local function remember_key(idem, fingerprint, id, millis)
  if idem then
    redis.call('SET', idem, fingerprint .. ' ' .. id, 'PX', millis)
  end
end

-- The reply if the idempotency key was used before, else nil.
local function find_replay(idem, fingerprint)
  local first = idem and redis.call('GET', idem)
  if first then
    local first_fingerprint, id = string.match(first, '^(%S*) (%S+)$')
    return {first_fingerprint == fingerprint and 'REPLAYED' or 'KEY_REUSED', id}
  end
end

-- How full the queue is, what the tenant has, and whether its plan has changed.
local function read_load(tenant_key, plan)
  local all = redis.call('HMGET', totals, 'rank', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired',
    'browsers', 'browsersMillis', 'estimate')
  local own = redis.call('HMGET', tenant_key, 'waiting', 'weight', 'maxRunning', 'estimate', 'earliest', 'scheduled',
    'followed')
  return {rank = all[1] or 0, submitted = all[2] or 0, waiting = tonumber(own[1] or 0), scheduled = own[6] or 0,
    earliest = tonumber(own[5] or 0), estimate = own[4] or all[9], usual = all[9], followed = own[7],
    -- Submitted, not finished and not running.
    all_waiting = (all[2] or 0) - (all[3] or 0) - (all[4] or 0) - (all[5] or 0) - (all[6] or 0)
      - redis.call('ZCARD', prefix .. 'leases'),
    -- If all workers died, nobody updates the number; it is valid for the length of a lease.
    browsers = tonumber(all[8] or 0) > now and tonumber(all[7]) or 0,
    has_new_plan = own[2] ~= plan.weight or own[3] ~= plan.max_running}
end

-- How long so many captures take, ms; -1 without a worker. each: how long one takes, ms, or nil
local function estimate_millis(load, captures, at_once, each)
  return load.browsers > 0 and math.ceil(captures * (each or 1000) / math.min(load.browsers, at_once)) or -1
end

-- Returns the reply of a refusal; or nil, and then the captures are charged to the tenant's rate.
local function refuse_or_charge(tenant_key, plan, load, captures)
  local refusal
  if load.waiting + captures > tonumber(plan.max_waiting)
    or load.all_waiting + captures > tonumber(plan.max_waiting_in_all) then
    local of_tenant = load.waiting + captures > tonumber(plan.max_waiting)
    refusal = {'FULL', of_tenant and 'tenant' or 'all', of_tenant and load.waiting or load.all_waiting,
      estimate_millis(load, captures, tonumber(plan.max_running), load.estimate)}
  elseif plan.spacing ~= '0' then
    -- The generic cell rate algorithm: one time stamp is the whole bucket.
    local micros = tonumber(micros_text)
    -- The stored time is capped by this plan and this clock, because either may have changed.
    local furthest = micros + plan.ahead + plan.spacing
    local from = math.min(math.max(load.earliest, micros), furthest)
    if from > micros + plan.ahead then
      refusal = {'THROTTLED', math.ceil((from - micros - plan.ahead) / 1000)}
    else
      -- A batch takes what is left, even if it is larger than the bucket.
      redis.call('HSET', tenant_key, 'earliest', math.min(from + captures * plan.spacing, furthest))
    end
  end
  if refusal then
    increment(totals, string.lower(refusal[1]), '1')
  end
  return refusal
end
