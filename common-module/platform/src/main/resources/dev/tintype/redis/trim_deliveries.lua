-- Gives up deliveries that were created or restarted too long ago, deletes deliveries that ended too long ago, and deletes the
-- oldest that have ended beyond the number that is kept.
--
-- Uses
--   context     prefix, now, allow_when_full
--   deliveries  read_delivery, give_up, delete_delivery
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] maximum number of deliveries, of each kind
-- ARGV[2] how long a delivery is attempted, and kept after it has ended, ms   ARGV[3] how many that have ended are kept
--
-- list of "OK", one for each entry that was handled; if it is full, there may be more

local limit, age_millis, max_ended = tonumber(ARGV[1]), ARGV[2], ARGV[3]

local index = prefix .. 'deliveries'
local too_old = string.format('%.0f', now - age_millis)
local replies = {}

-- The first entries of an index that come before a name, in its order.
local function entries_before(first, name, most)
  return redis.call('ZRANGEBYLEX', index, '[' .. first, '(' .. name, 'LIMIT', 0, most)
end

-- Calls act for each delivery, and removes the entry unless act returns true.
local function handle_each(entries, act)
  for _, entry in ipairs(entries) do
    local id = string.match(entry, '([^:]+)$')
    local delivery = read_delivery(id, 'createdMillis', 'begunMillis', 'settledMillis', 'subject', 'attempt')
    local is_kept = delivery.state and act(delivery)
    if not is_kept then
      redis.call('ZREM', index, entry)
      replies[#replies + 1] = 'OK'
    end
  end
end

-- Returns true if an attempt is running: it may succeed, and the next call looks again.
local function give_up_if_open(delivery)
  local lease_end = delivery.state == 'sending' and redis.call('ZSCORE', prefix .. 'sending:' .. delivery.lane, delivery.id)
  if lease_end and tonumber(lease_end) > now then
    return true
  elseif delivery.state == 'sending' or delivery.state == 'pending' then
    give_up(delivery, 'too_old', 'it could not be delivered in ' .. string.format('%.0f', age_millis / 3600000) .. ' h')
  end
end

allow_when_full()
handle_each(entries_before('all:', 'all:' .. too_old, limit), give_up_if_open)
handle_each(entries_before('settled:', 'settled:' .. too_old, limit), delete_delivery)
local excess = redis.call('ZLEXCOUNT', index, '[settled:', '(settled;') - max_ended
if excess > 0 then
  handle_each(entries_before('settled:', 'settled;', math.min(excess, limit)), delete_delivery)
end
return replies
