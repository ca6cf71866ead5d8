-- Where deliveries wait and are counted while they are sent. The keys are told in outbox.

-- How many more may be sent of those that a set counts by lease end.
local function places_in(set, most)
  redis.call('ZREMRANGEBYSCORE', set, '-inf', now)
  return most - redis.call('ZCARD', set)
end

local function leave_lane(delivery)
  redis.call('ZREM', prefix .. 'outbox:' .. delivery.lane, delivery.id)
  redis.call('ZREM', prefix .. 'sending:' .. delivery.lane, delivery.id)
  redis.call('ZREM', prefix .. 'calling:' .. string.match(delivery.lane, '^[^:]+'), delivery.id)
end

-- It is due at once; where its endpoint is now, if it has one.
local function queue_at(delivery, hook)
  local key = prefix .. 'delivery:' .. delivery.id
  leave_lane(delivery)
  if hook then
    delivery.lane = delivery.tenant .. ':' .. hook.receiver
    redis.call('HSET', key, 'url', hook.url, 'lane', delivery.lane, 'secret', hook.secret)
  end
  redis.call('HSET', key, 'state', 'pending', 'dueMillis', now_text)
  redis.call('ZADD', prefix .. 'outbox:' .. delivery.lane, now, delivery.id)
  wake(delivery.lane, now)
end
