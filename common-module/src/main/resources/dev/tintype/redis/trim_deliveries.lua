-- Forgets deliveries: whatever is too old, and of those that have ended the oldest beyond their number.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] deliveries at most, of each kind
-- ARGV[2] how long one is kept, ms  ARGV[3] how many that have ended are kept
--
-- How many were forgotten, "OK" said of each: a list

local index = prefix .. 'deliveries'
local replies = {}

local function forget(entries_found)
  for _, entry in ipairs(entries_found) do
    local id = string.match(entry, '([^:]+)$')
    local delivery = read_delivery(id, 'createdMillis', 'settledMillis', 'subject')
    if delivery.state then
      forget_delivery(delivery)
    end
    redis.call('ZREM', index, entry)
    replies[#replies + 1] = 'OK'
  end
end

not_refused_when_full()
forget(redis.call('ZRANGEBYLEX', index, '[all:', '(all:' .. string.format('%.0f', now - ARGV[2]), 'LIMIT', 0, ARGV[1]))
local excess = redis.call('ZLEXCOUNT', index, '[settled:', '(settled;') - ARGV[3]
if excess > 0 then
  forget(redis.call('ZRANGEBYLEX', index, '[settled:', '(settled;', 'LIMIT', 0, math.min(excess, tonumber(ARGV[1]))))
end
return replies
