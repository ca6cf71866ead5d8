-- How a delivery that was made is tried, ends, begins anew and is forgotten. Its keys are told in outbox.

local TRIES_KEPT = 32 -- of one delivery: three rounds of all tries
local MOST_TRIES = 50 -- more than any schedule has: who takes it dies of it, or cannot read it

-- The named fields of the delivery; false where it has none, and state is false if there is no such delivery.
local function read_delivery(id, ...)
  local values = redis.call('HMGET', prefix .. 'delivery:' .. id, 'state', 'tenant', 'lane', ...)
  local delivery = {id = id, state = values[1], tenant = values[2], lane = values[3]}
  for i, name in ipairs({...}) do
    delivery[name] = values[i + 3]
  end
  return delivery
end

-- One line of its log: what the deliverer says of the attempt, as JSON, after the time.
local function note_try(id, attempt, line)
  local key = prefix .. 'delivery:' .. id
  redis.call('HSET', key, 'try:' .. attempt, now .. ' ' .. line)
  redis.call('HDEL', key, 'try:' .. (attempt - TRIES_KEPT))
end

-- It is tried no more.
local function end_delivery(delivery, state)
  leave_lane(delivery)
  redis.call('HSET', prefix .. 'delivery:' .. delivery.id, 'state', state, 'settledMillis', now)
  redis.call('ZADD', prefix .. 'deliveries', 0, 'settled:' .. now .. ':' .. delivery.id)
end

local function next_attempt(delivery)
  return string.format('%d', (delivery.attempt or 0) + 1)
end

-- Why it is not to be tried any more, if so: a word and a sentence. tries, endpoint.
local function hopeless(delivery, hook)
  if delivery.endpoint ~= '' and not hook then
    return 'deleted', 'its endpoint is deleted'
  elseif hook and hook.disabled then
    return 'disabled', 'its endpoint is disabled'
  elseif tonumber(delivery.tries or 0) >= MOST_TRIES then
    return 'too_many_attempts', delivery.tries .. ' attempts were begun, and none reported its outcome'
  end
end

-- Nobody tries it any more, and its log says why: attempt.
local function give_up(delivery, outcome, message)
  local attempt = next_attempt(delivery)
  note_try(delivery.id, attempt, '{"outcome":"' .. outcome .. '","message":"' .. message .. '"}')
  redis.call('HSET', prefix .. 'delivery:' .. delivery.id, 'attempt', attempt)
  end_delivery(delivery, 'given_up')
end

-- It is due at once, with all its tries before it, and as young as if it were new; at its endpoint's address of now:
-- createdMillis, begunMillis, settledMillis, endpoint.
local function begin_anew(delivery)
  local key = prefix .. 'delivery:' .. delivery.id
  if delivery.settledMillis then
    redis.call('ZREM', prefix .. 'deliveries', 'settled:' .. delivery.settledMillis .. ':' .. delivery.id)
  end
  redis.call('DEL', prefix .. 'receiver:' .. delivery.lane) -- who asks for it has mended the receiver
  redis.call('ZREM', prefix .. 'deliveries', (entries(delivery.id, delivery)))
  redis.call('ZADD', prefix .. 'deliveries', 0, 'all:' .. now_text .. ':' .. delivery.id)
  redis.call('HDEL', key, 'settledMillis')
  redis.call('HSET', key, 'tries', 0, 'begunMillis', now_text)
  queue_at(delivery, read_endpoint(delivery.tenant, delivery.endpoint))
end

-- createdMillis, begunMillis, settledMillis, subject.
local function forget_delivery(delivery)
  leave_lane(delivery)
  redis.call('DEL', prefix .. 'delivery:' .. delivery.id)
  redis.call('ZREM', prefix .. 'deliveries', 'settled:' .. (delivery.settledMillis or 0) .. ':' .. delivery.id,
    entries(delivery.id, delivery))
end
