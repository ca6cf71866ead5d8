-- How a new job is stored. The script that stores it also lists it with the jobs of its tenant, and enqueues it if it is not
-- scheduled.
--
-- Uses
--   context  prefix, now, now_text, increment
--   events   record_event

-- order: its rank without the priority. followed: until when the tenant is followed, or nil.
-- arguments[first] to arguments[last]: what the priority adds to the rank, microseconds; not before, ms, or ""; queue timeout,
-- ms, or ""; deadline, ms, or ""; the fields of its hash, as pairs. They are not copied: a batch has a thousand jobs.
-- Returns its state, its rank, and whether it may expire while it waits.
local function store_job(id, tenant, followed, order, arguments, first, last)
  local key, not_before, queue_timeout = prefix .. 'job:' .. id, arguments[first + 1], arguments[first + 2]
  local later = not_before ~= '' and tonumber(not_before) > now
  local state = later and 'scheduled' or 'queued'
  -- A scheduled job is ranked by when it is due, not by when it was submitted.
  local rank = string.format('%d', (later and math.max(order, not_before * 1000) or order) + arguments[first])
  redis.call('HSET', key, 'state', state, 'tenant', tenant, 'rank', rank, 'createdMillis', now_text,
    unpack(arguments, first + 4, last))
  if followed then
    record_event({id = id, tenant = tenant, followed = followed}, now_text .. '\t' .. state .. '\t0\t\t\t')
  end
  local expires = tonumber(arguments[first + 3]) or math.huge
  if queue_timeout ~= '' then
    expires = math.min(expires, (later and not_before or now) + queue_timeout)
  end
  if expires < math.huge then
    redis.call('HSET', key, 'expiresMillis', expires)
    redis.call('ZADD', prefix .. 'expiring', expires, id)
  end
  if later then
    redis.call('ZADD', prefix .. 'scheduled', not_before, id)
    increment(prefix .. 'tenant:' .. tenant, 'scheduled', '1')
  end
  return state, rank, expires < math.huge
end
