-- Claims deliveries that are due, a few of each lane, and starts their leases.
--
-- Uses
--   context     prefix, now, allow_when_full
--   lanes       free_places, leave_lane, requeue_delivery
--   endpoints   read_endpoint
--   deliveries  read_delivery, log_attempt, next_attempt, reason_to_give_up, give_up
--   sending     lease_delivery
--
-- KEYS[1] prefix (see parts/context.lua)
--   taken:<nonce>  STRING  deliveries and attempts that this claim was given before, in case its reply was lost
-- ARGV[1] nonce      ARGV[2] how long the reply is remembered, ms
-- ARGV[3] lease, ms  ARGV[4] maximum number of deliveries
-- ARGV[5] deliveries of one lane that are sent at a time   ARGV[6] of one tenant
--
-- {} or a list of {"CLAIMED", id, attempt, attempts since it was created or restarted, tenant, type, url, when it was created (ms),
-- subject or "", body or "", snapshot or "", keys that sign...}

local nonce, remembered_millis, lease_millis, limit = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local lane_limit, tenant_limit = tonumber(ARGV[5]), ARGV[6]

allow_when_full()
local lease_end, claimed, taken = now + lease_millis, {}, {}

local function try_delivery(id, lane)
  local delivery = read_delivery(id, 'attempt', 'endpoint', 'tries', 'url', 'secret')
  if not delivery.state then
    return leave_lane({id = id, lane = lane})
  end
  if delivery.state == 'sending' then
    log_attempt(id, delivery.attempt, '{"outcome":"lost","message":"the deliverer did not report how it ended"}')
  end
  local hook = read_endpoint(delivery.tenant, delivery.endpoint)
  local outcome, message = reason_to_give_up(delivery, hook)
  if outcome then
    return give_up(delivery, outcome, message)
  elseif hook and (hook.url ~= delivery.url or hook.secret ~= delivery.secret) then
    return requeue_delivery(delivery, hook) -- it waits in the new lane, which has limits of its own
  end
  local attempt = next_attempt(delivery)
  redis.call('HSET', prefix .. 'delivery:' .. id, 'state', 'sending', 'attempt', attempt)
  redis.call('HINCRBY', prefix .. 'delivery:' .. id, 'tries', 1)
  taken[#taken + 1] = id .. ' ' .. attempt
  claimed[#claimed + 1] = lease_delivery(id, attempt, lease_end)
end

local function try_lane(lane)
  local outbox, sending, receiver = prefix .. 'outbox:' .. lane, prefix .. 'sending:' .. lane, prefix .. 'receiver:' .. lane
  local of_tenant = free_places(prefix .. 'calling:' .. string.match(lane, '^[^:]+'), tenant_limit)
  local pause = tonumber(redis.call('HGET', receiver, 'untilMillis') or 0)
  local places = math.min(limit - #claimed, of_tenant, pause > 0 and 1 or free_places(sending, lane_limit))
  if pause <= now and places > 0 then
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', outbox, '-inf', now, 'LIMIT', 0, places)) do
      local before = #claimed
      try_delivery(id, lane)
      if pause > 0 and #claimed > before then
        pause = lease_end
        redis.call('HSET', receiver, 'probe', id, 'untilMillis', pause)
      end
    end
  end
  local first = tonumber(redis.call('ZRANGE', outbox, 0, 0, 'WITHSCORES')[2])
  if not first then
    redis.call('ZREM', prefix .. 'outboxes', lane)
  else
    local is_busy = pause == 0 and redis.call('ZCARD', sending) >= lane_limit
    local free = is_busy and tonumber(redis.call('ZRANGE', sending, 0, 0, 'WITHSCORES')[2]) or 0
    local later = of_tenant < 1 and now + 500 or 0 -- nothing announces when the tenant has a free place
    redis.call('ZADD', prefix .. 'outboxes', math.max(first, pause, free, later), lane)
  end
end

local before = redis.call('GET', prefix .. 'taken:' .. nonce)
for id, attempt in string.gmatch(before or '', '(%S+) (%d+)') do
  local delivery = read_delivery(id, 'attempt')
  if delivery.state == 'sending' and delivery.attempt == attempt then
    claimed[#claimed + 1] = lease_delivery(id, attempt, lease_end)
  end
end
if not before then
  for _, lane in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'outboxes', '-inf', now, 'LIMIT', 0, 100)) do
    if #claimed < limit then
      try_lane(lane)
    end
  end
  if #taken > 0 then
    redis.call('SET', prefix .. 'taken:' .. nonce, table.concat(taken, ' '), 'PX', remembered_millis)
  end
end
return claimed
