-- Ends a try: the delivery has ended, or waits for its next try.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] id  ARGV[2] attempt, the fencing token
-- ARGV[3] state that it comes to: delivered, given_up or pending
-- ARGV[4] ms until the next try, if pending
-- ARGV[5] the try, for the log, JSON
-- ARGV[6] what it tells of the receiver: healthy, failing or unknown
-- ARGV[7] ms that the receiver asked for before anything else is sent to it, or 0
-- ARGV[8] whether its endpoint wants no more calls at all, 1 or 0
-- ARGV[9] faults in a row after which a receiver is let rest
-- ARGV[10] the first rest, ms; each is twice as long as the one before  ARGV[11] the longest, ms
--
-- "OK"          by this call or by the same one sent before
-- "LEASE_LOST"  nothing was changed

local delivery = read_delivery(ARGV[1], 'attempt', 'settled', 'endpoint', 'url')
if delivery.settled == ARGV[2] then
  return 'OK'
elseif delivery.state ~= 'sending' or delivery.attempt ~= ARGV[2] then
  return 'LEASE_LOST'
end
not_refused_when_full()
local key, lane = prefix .. 'delivery:' .. delivery.id, delivery.lane
note_try(delivery.id, tonumber(ARGV[2]), ARGV[5])
redis.call('HSET', key, 'settled', ARGV[2])
if ARGV[3] == 'pending' then
  local due = now + ARGV[4]
  redis.call('HSET', key, 'state', 'pending', 'dueMillis', due)
  leave_lane(delivery)
  redis.call('ZADD', prefix .. 'outbox:' .. lane, due, delivery.id)
else
  end_delivery(delivery, ARGV[3])
end

local endpoints = prefix .. 'endpoints:' .. delivery.tenant
local endpoint = ARGV[8] == '1' and delivery.endpoint ~= '' and redis.call('HGET', endpoints, delivery.endpoint)
local hook = endpoint and cjson.decode(endpoint)
if hook and hook.url == delivery.url then -- not if it was moved meanwhile: who answered is not whom it calls now
  hook.disabled = tostring(now)
  redis.call('HSET', endpoints, delivery.endpoint, cjson.encode(hook))
end

local receiver = prefix .. 'receiver:' .. lane
local known = redis.call('HMGET', receiver, 'untilMillis', 'probe', 'rests')
local is_probe = known[2] == delivery.id
if ARGV[6] == 'unknown' then
  if is_probe then
    redis.call('HSET', receiver, 'untilMillis', now_text, 'probe', '') -- another has to find out
  end
elseif ARGV[6] == 'healthy' and tonumber(known[1] or 0) > now and not is_probe then
  redis.call('HDEL', receiver, 'faults') -- it was on its way when the receiver was let rest, and rest it shall
elseif ARGV[6] == 'healthy' then
  redis.call('DEL', receiver)
else
  local faults = redis.call('HINCRBY', receiver, 'faults', 1)
  -- Those that were on their way when it was let rest say nothing new.
  if known[1] and is_probe or not known[1] and faults >= tonumber(ARGV[9]) then
    local rests = tonumber(known[3] or 0)
    local rest = math.min(tonumber(ARGV[11]), ARGV[10] * 2 ^ math.min(rests, 20))
    redis.call('HSET', receiver, 'untilMillis', now + rest, 'rests', rests + 1, 'probe', '')
  end
  redis.call('PEXPIRE', receiver, ARGV[7] + ARGV[11] + 3600000) -- an hour after its rest nobody has cared for it
end
if tonumber(ARGV[7]) > 0 then
  local till = tonumber(redis.call('HGET', receiver, 'untilMillis') or 0)
  redis.call('HSET', receiver, 'untilMillis', math.max(till, now + ARGV[7]), 'probe', '')
end
wake(lane, now) -- it has a place now; the claim sees whether anything is due
return 'OK'
