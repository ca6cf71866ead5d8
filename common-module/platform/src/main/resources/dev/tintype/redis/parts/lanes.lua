-- Lanes of the outbox: where deliveries wait, and how many are being sent. The keys are described in outbox.lua.
--
-- Uses
--   context  prefix, now, now_text
--   outbox   schedule_lane

-- How many more may be sent. set: deliveries that are being sent, by end of lease
local function free_places(set, limit)
  redis.call('ZREMRANGEBYSCORE', set, '-inf', now)
  return limit - redis.call('ZCARD', set)
end

local function leave_lane(delivery)
  redis.call('ZREM', prefix .. 'outbox:' .. delivery.lane, delivery.id)
  redis.call('ZREM', prefix .. 'sending:' .. delivery.lane, delivery.id)
  redis.call('ZREM', prefix .. 'calling:' .. string.match(delivery.lane, '^[^:]+'), delivery.id)
end

-- Makes the delivery due now, in the lane of its endpoint's present address. hook: its endpoint, or nil for none
local function requeue_delivery(delivery, hook)
  local key = prefix .. 'delivery:' .. delivery.id
  leave_lane(delivery)
  if hook then
    delivery.lane = delivery.tenant .. ':' .. hook.receiver
    redis.call('HSET', key, 'url', hook.url, 'lane', delivery.lane, 'secret', hook.secret)
  end
  redis.call('HSET', key, 'state', 'pending', 'dueMillis', now_text)
  redis.call('ZADD', prefix .. 'outbox:' .. delivery.lane, now, delivery.id)
  schedule_lane(delivery.lane, now)
end
