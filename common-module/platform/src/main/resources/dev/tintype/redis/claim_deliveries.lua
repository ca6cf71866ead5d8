-- Takes deliveries that are due, a few of each lane, and starts their leases.
--
-- KEYS[1] prefix (see parts)
--   taken:<nonce>  STRING  deliveries and attempts that this very claim was given before, if its reply was lost
-- ARGV[1] nonce      ARGV[2] how long the answer is remembered, ms
-- ARGV[3] lease, ms  ARGV[4] deliveries at most
-- ARGV[5] deliveries of one lane that are sent at once, ARGV[6] of one tenant
--
-- {} or a list of {"CLAIMED", id, attempt, tries with this one, tenant, type, url, when it was made (ms), subject or "",
-- body or "", snapshot or "", keys that sign...}

not_refused_when_full()
local lease_end, claimed, taken = now + ARGV[3], {}, {}

local function answer(id, attempt)
  local d = read_delivery(id, 'tries', 'type', 'url', 'createdMillis', 'subject', 'body', 'snapshot', 'secret')
  redis.call('ZADD', prefix .. 'sending:' .. d.lane, lease_end, id)
  redis.call('ZADD', prefix .. 'calling:' .. d.tenant, lease_end, id)
  redis.call('ZADD', prefix .. 'outbox:' .. d.lane, lease_end, id)
  claimed[#claimed + 1] = {'CLAIMED', id, attempt, d.tries, d.tenant, d.type, d.url, d.createdMillis, d.subject, d.body or '',
    d.snapshot or '', unpack(signing_keys(d))}
end

local function take(id, lane)
  local delivery = read_delivery(id, 'attempt', 'endpoint', 'tries', 'url', 'secret')
  if not delivery.state then
    return leave_lane({id = id, lane = lane})
  end
  if delivery.state == 'sending' then
    note_try(id, delivery.attempt, '{"outcome":"lost","message":"the deliverer did not say how it ended"}')
  end
  local hook = read_endpoint(delivery.tenant, delivery.endpoint)
  local why, message = hopeless(delivery, hook)
  if why then
    return give_up(delivery, why, message)
  elseif hook and (hook.url ~= delivery.url or hook.secret ~= delivery.secret) then
    return queue_at(delivery, hook) -- it has its turn there: that lane has limits of its own
  end
  local attempt = next_attempt(delivery)
  redis.call('HSET', prefix .. 'delivery:' .. id, 'state', 'sending', 'attempt', attempt)
  redis.call('HINCRBY', prefix .. 'delivery:' .. id, 'tries', 1)
  taken[#taken + 1] = id .. ' ' .. attempt
  answer(id, attempt)
end

local function look_into(lane)
  local outbox, sending, receiver = prefix .. 'outbox:' .. lane, prefix .. 'sending:' .. lane, prefix .. 'receiver:' .. lane
  local crowd = places_in(prefix .. 'calling:' .. string.match(lane, '^[^:]+'), ARGV[6])
  local rest = tonumber(redis.call('HGET', receiver, 'untilMillis') or 0)
  local places = math.min(ARGV[4] - #claimed, crowd, rest > 0 and 1 or places_in(sending, ARGV[5]))
  if rest <= now and places > 0 then
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', outbox, '-inf', now, 'LIMIT', 0, places)) do
      local had = #claimed
      take(id, lane)
      if rest > 0 and #claimed > had then
        rest = lease_end
        redis.call('HSET', receiver, 'probe', id, 'untilMillis', rest)
      end
    end
  end
  local first = tonumber(redis.call('ZRANGE', outbox, 0, 0, 'WITHSCORES')[2])
  if not first then
    redis.call('ZREM', prefix .. 'outboxes', lane)
  else
    local busy = rest == 0 and redis.call('ZCARD', sending) >= tonumber(ARGV[5])
    local free = busy and tonumber(redis.call('ZRANGE', sending, 0, 0, 'WITHSCORES')[2]) or 0
    local later = crowd < 1 and now + 500 or 0 -- nobody says when the tenant has room again
    redis.call('ZADD', prefix .. 'outboxes', math.max(first, rest, free, later), lane)
  end
end

local before = redis.call('GET', prefix .. 'taken:' .. ARGV[1])
for id, attempt in string.gmatch(before or '', '(%S+) (%d+)') do
  local delivery = read_delivery(id, 'attempt')
  if delivery.state == 'sending' and delivery.attempt == attempt then
    answer(id, attempt)
  end
end
if not before then
  for _, lane in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'outboxes', '-inf', now, 'LIMIT', 0, 100)) do
    if #claimed < tonumber(ARGV[4]) then
      look_into(lane)
    end
  end
  if #taken > 0 then
    redis.call('SET', prefix .. 'taken:' .. ARGV[1], table.concat(taken, ' '), 'PX', ARGV[2])
  end
end
return claimed
