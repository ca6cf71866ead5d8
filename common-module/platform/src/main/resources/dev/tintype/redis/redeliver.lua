-- Restarts deliveries that have ended, under the same ID and with the same body. A delivery that waits is made due now.
--
-- Uses
--   deliveries  read_delivery, restart_delivery
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant  ARGV[2] ... IDs of deliveries
--
-- list with a word for each ID: "OK", also if it is being sent; or "UNKNOWN" if the tenant has no such delivery

local tenant, ids = ARGV[1], {unpack(ARGV, 2)}

local replies = {}
for i, id in ipairs(ids) do
  local delivery = read_delivery(id, 'createdMillis', 'begunMillis', 'settledMillis', 'endpoint', 'subject')
  if not delivery.state or delivery.tenant ~= tenant then
    replies[i] = 'UNKNOWN'
  else
    if delivery.state ~= 'sending' then
      restart_delivery(delivery)
    end
    replies[i] = 'OK'
  end
end
return replies
