-- How a job is stored. Who stores it lists it among those of its tenant, and enqueues it if it does not wait for its time.

-- Its arguments begin at ARGV[at] and end at ARGV[last]: what its priority adds to the rank, microseconds; not before, ms, or
-- ""; queue timeout, ms, or ""; deadline, ms, or ""; fields of the job in pairs. order: its rank, but for that.
--
-- Its state, its rank, and whether it may expire while it waits.
local function store(id, tenant, order, at, last)
  local key, not_before, queue_timeout, deadline = prefix .. 'job:' .. id, ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local later = not_before ~= '' and tonumber(not_before) > now
  local state = later and 'scheduled' or 'queued'
  -- A job for later comes when it is due, and not when it was thought of.
  local rank = string.format('%d', (later and math.max(order, not_before * 1000) or order) + ARGV[at])
  redis.call('HSET', key, 'state', state, 'tenant', tenant, 'rank', rank, 'createdMillis', now_text,
    unpack(ARGV, at + 4, last))
  if followed then
    tell({id = id, tenant = tenant, followed = followed}, now_text .. '\t' .. state .. '\t0\t\t\t')
  end
  local expires = tonumber(deadline) or math.huge
  if queue_timeout ~= '' then
    expires = math.min(expires, (later and not_before or now) + queue_timeout)
  end
  if expires < math.huge then
    redis.call('HSET', key, 'expiresMillis', expires)
    redis.call('ZADD', prefix .. 'expiring', expires, id)
  end
  if later then
    redis.call('ZADD', prefix .. 'scheduled', not_before, id)
    count(prefix .. 'tenant:' .. tenant, 'scheduled', '1')
  end
  return state, rank, expires < math.huge
end
