-- Ends an attempt: the delivery has ended, or waits for its next attempt.
--
-- Uses
--   context     prefix, now, now_text, allow_when_full
--   outbox      schedule_lane
--   lanes       leave_lane
--   deliveries  read_delivery, log_attempt, end_delivery
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] ID of the delivery   ARGV[2] attempt, the fencing token
-- ARGV[3] its new state: delivered, given_up or pending
-- ARGV[4] ms until the next attempt, if pending
-- ARGV[5] the attempt, for the log, JSON
-- ARGV[6] what the attempt says about the receiver: healthy, failing or unknown
-- ARGV[7] ms for which the receiver asked not to be called, or 0
-- ARGV[8] 1 if the endpoint wants no more calls at all, else 0
-- ARGV[9] failures in a row after which calls to a receiver pause
-- ARGV[10] first pause, ms; each is twice as long as the one before   ARGV[11] longest pause, ms
--
-- "OK"          by this call or by the same call sent before
-- "LEASE_LOST"  nothing was changed

local id, attempt, state, retry_in, line, health = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local asked_pause, is_unwanted, max_faults = tonumber(ARGV[7]), ARGV[8] == '1', tonumber(ARGV[9])
local first_pause, longest_pause = tonumber(ARGV[10]), tonumber(ARGV[11])

local delivery = read_delivery(id, 'attempt', 'settled', 'endpoint', 'url')
if delivery.settled == attempt then
  return 'OK'
elseif delivery.state ~= 'sending' or delivery.attempt ~= attempt then
  return 'LEASE_LOST'
end
allow_when_full()
local key, lane = prefix .. 'delivery:' .. id, delivery.lane
log_attempt(id, tonumber(attempt), line)
redis.call('HSET', key, 'settled', attempt)
if state == 'pending' then
  local due = now + retry_in
  redis.call('HSET', key, 'state', 'pending', 'dueMillis', due)
  leave_lane(delivery)
  redis.call('ZADD', prefix .. 'outbox:' .. lane, due, id)
else
  end_delivery(delivery, state)
end

local endpoints = prefix .. 'endpoints:' .. delivery.tenant
local endpoint = is_unwanted and delivery.endpoint ~= '' and redis.call('HGET', endpoints, delivery.endpoint)
local hook = endpoint and cjson.decode(endpoint)
if hook and hook.url == delivery.url then -- not if its address has changed: then another receiver answered
  hook.disabled = tostring(now)
  redis.call('HSET', endpoints, delivery.endpoint, cjson.encode(hook))
end

local receiver = prefix .. 'receiver:' .. lane
local known = redis.call('HMGET', receiver, 'untilMillis', 'probe', 'rests')
local is_probe = known[2] == id
if health == 'unknown' then
  if is_probe then
    redis.call('HSET', receiver, 'untilMillis', now_text, 'probe', '') -- another delivery must find out
  end
elseif health == 'healthy' and tonumber(known[1] or 0) > now and not is_probe then
  redis.call('HDEL', receiver, 'faults') -- it was being sent when the pause began, and the pause goes on
elseif health == 'healthy' then
  redis.call('DEL', receiver)
else
  local faults = redis.call('HINCRBY', receiver, 'faults', 1)
  -- Failures of deliveries that were being sent when the pause began say nothing new.
  if known[1] and is_probe or not known[1] and faults >= max_faults then
    local pauses = tonumber(known[3] or 0)
    local pause = math.min(longest_pause, first_pause * 2 ^ math.min(pauses, 20))
    redis.call('HSET', receiver, 'untilMillis', now + pause, 'rests', pauses + 1, 'probe', '')
  end
  redis.call('PEXPIRE', receiver, asked_pause + longest_pause + 3600000) -- an hour after the pause nothing was sent to it
end
if asked_pause > 0 then
  local till = tonumber(redis.call('HGET', receiver, 'untilMillis') or 0)
  redis.call('HSET', receiver, 'untilMillis', math.max(till, now + asked_pause), 'probe', '')
end
schedule_lane(lane, now) -- it has a free place now; the claim sees whether anything is due
return 'OK'
