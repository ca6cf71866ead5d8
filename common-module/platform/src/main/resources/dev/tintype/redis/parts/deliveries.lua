-- How a delivery is read, logged, given up, restarted and deleted. The keys are described in outbox.lua.
--
-- Uses
--   context    prefix, now, now_text
--   outbox     index_entries
--   lanes      leave_lane, requeue_delivery
--   endpoints  read_endpoint

local ATTEMPTS_KEPT = 32 -- in the log of one delivery: three rounds of all attempts
local MAX_ATTEMPTS = 50 -- more than any schedule has: deliverers that take it crash, or cannot read it

-- Reads state, tenant, lane and the named fields. A missing field is false; state is false if there is no such delivery.
local function read_delivery(id, ...)
  local values = redis.call('HMGET', prefix .. 'delivery:' .. id, 'state', 'tenant', 'lane', ...)
  local delivery = {id = id, state = values[1], tenant = values[2], lane = values[3]}
  for i, name in ipairs({...}) do
    delivery[name] = values[i + 3]
  end
  return delivery
end

-- Logs an attempt: the time, and what the deliverer reports, as JSON.
local function log_attempt(id, attempt, line)
  local key = prefix .. 'delivery:' .. id
  redis.call('HSET', key, 'try:' .. attempt, now .. ' ' .. line)
  redis.call('HDEL', key, 'try:' .. (attempt - ATTEMPTS_KEPT))
end

-- Ends the delivery as delivered or given_up.
local function end_delivery(delivery, state)
  leave_lane(delivery)
  redis.call('HSET', prefix .. 'delivery:' .. delivery.id, 'state', state, 'settledMillis', now)
  redis.call('ZADD', prefix .. 'deliveries', 0, 'settled:' .. now .. ':' .. delivery.id)
end

local function next_attempt(delivery)
  return string.format('%d', (delivery.attempt or 0) + 1)
end

-- An outcome and a message if the delivery must not be attempted again, else nil. delivery: tries, endpoint. hook: its endpoint
local function reason_to_give_up(delivery, hook)
  if delivery.endpoint ~= '' and not hook then
    return 'deleted', 'the endpoint was deleted'
  elseif hook and hook.disabled then
    return 'disabled', 'the endpoint is disabled'
  elseif tonumber(delivery.tries or 0) >= MAX_ATTEMPTS then
    return 'too_many_attempts', delivery.tries .. ' attempts were started, and none reported its outcome'
  end
end

-- Ends the delivery as given up, and logs why. delivery: attempt
local function give_up(delivery, outcome, message)
  local attempt = next_attempt(delivery)
  log_attempt(delivery.id, attempt, '{"outcome":"' .. outcome .. '","message":"' .. message .. '"}')
  redis.call('HSET', prefix .. 'delivery:' .. delivery.id, 'attempt', attempt)
  end_delivery(delivery, 'given_up')
end

-- Makes the delivery due now, with all its attempts and the age of a new one, at the present address of its endpoint.
-- delivery: createdMillis, begunMillis, settledMillis, endpoint, subject
local function restart_delivery(delivery)
  local key = prefix .. 'delivery:' .. delivery.id
  if delivery.settledMillis then
    redis.call('ZREM', prefix .. 'deliveries', 'settled:' .. delivery.settledMillis .. ':' .. delivery.id)
  end
  redis.call('DEL', prefix .. 'receiver:' .. delivery.lane) -- the caller has probably fixed the receiver
  redis.call('ZREM', prefix .. 'deliveries', (index_entries(delivery.id, delivery)))
  redis.call('ZADD', prefix .. 'deliveries', 0, 'all:' .. now_text .. ':' .. delivery.id)
  redis.call('HDEL', key, 'settledMillis')
  redis.call('HSET', key, 'tries', 0, 'begunMillis', now_text)
  requeue_delivery(delivery, read_endpoint(delivery.tenant, delivery.endpoint))
end

-- delivery: createdMillis, begunMillis, settledMillis, subject
local function delete_delivery(delivery)
  leave_lane(delivery)
  redis.call('DEL', prefix .. 'delivery:' .. delivery.id)
  redis.call('ZREM', prefix .. 'deliveries', 'settled:' .. (delivery.settledMillis or 0) .. ':' .. delivery.id,
    index_entries(delivery.id, delivery))
end
