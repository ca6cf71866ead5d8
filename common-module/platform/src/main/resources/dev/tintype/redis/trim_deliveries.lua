-- Gives up deliveries that were begun too long ago, and forgets those that ended too long ago, and of the others that have
-- ended the oldest beyond their number.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] deliveries at most, of each kind
-- ARGV[2] how long one is tried, and kept when it has ended, ms  ARGV[3] how many that have ended are kept
--
-- How many entries it has dealt with, "OK" said of each: a list; a full one says that there may be more

local index = prefix .. 'deliveries'
local too_old = string.format('%.0f', now - ARGV[2])
local replies = {}

-- What comes before a name, in the order of an index; the first of them.
local function before(first, name, most)
  return redis.call('ZRANGEBYLEX', index, '[' .. first, '(' .. name, 'LIMIT', 0, most)
end

local function each_of(found, act)
  for _, entry in ipairs(found) do
    local id = string.match(entry, '([^:]+)$')
    local delivery = read_delivery(id, 'createdMillis', 'begunMillis', 'settledMillis', 'subject', 'attempt')
    local left = delivery.state and act(delivery)
    if not left then
      redis.call('ZREM', index, entry)
      replies[#replies + 1] = 'OK'
    end
  end
end

-- Whether it is left to the next time: a try is under way, and may succeed.
local function end_if_open(delivery)
  local lease_end = delivery.state == 'sending' and redis.call('ZSCORE', prefix .. 'sending:' .. delivery.lane, delivery.id)
  if lease_end and tonumber(lease_end) > now then
    return true
  elseif delivery.state == 'sending' or delivery.state == 'pending' then
    give_up(delivery, 'too_old', 'it could not be delivered in ' .. string.format('%.0f', ARGV[2] / 3600000) .. ' h')
  end
end

not_refused_when_full()
each_of(before('all:', 'all:' .. too_old, ARGV[1]), end_if_open)
each_of(before('settled:', 'settled:' .. too_old, ARGV[1]), forget_delivery)
local excess = redis.call('ZLEXCOUNT', index, '[settled:', '(settled;') - ARGV[3]
if excess > 0 then
  each_of(before('settled:', 'settled;', math.min(excess, tonumber(ARGV[1]))), forget_delivery)
end
return replies
