-- How a delivery is handed to a deliverer. The keys are described in outbox.lua.
--
-- Uses
--   context     prefix
--   deliveries  read_delivery
--   endpoints   signing_keys

-- Starts the lease of a delivery that is being sent. Returns one entry of the reply of a claim.
local function lease_delivery(id, attempt, lease_end)
  local d = read_delivery(id, 'tries', 'type', 'url', 'createdMillis', 'subject', 'body', 'snapshot', 'secret')
  redis.call('ZADD', prefix .. 'sending:' .. d.lane, lease_end, id)
  redis.call('ZADD', prefix .. 'calling:' .. d.tenant, lease_end, id)
  redis.call('ZADD', prefix .. 'outbox:' .. d.lane, lease_end, id)
  return {'CLAIMED', id, attempt, d.tries, d.tenant, d.type, d.url, d.createdMillis, d.subject, d.body or '',
    d.snapshot or '', unpack(signing_keys(d))}
end
