-- Begins deliveries anew that have ended: under the same id, with the same body.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant  ARGV[2] ... ids
--
-- A list: for each id "OK", or "UNKNOWN" if the tenant has no such delivery. One that has not ended is due at once, unless it
-- is being sent.

local replies = {}
for i = 2, #ARGV do
  local delivery = read_delivery(ARGV[i], 'createdMillis', 'begunMillis', 'settledMillis', 'endpoint', 'subject')
  if not delivery.state or delivery.tenant ~= ARGV[1] then
    replies[#replies + 1] = 'UNKNOWN'
  else
    if delivery.state ~= 'sending' then
      begin_anew(delivery)
    end
    replies[#replies + 1] = 'OK'
  end
end
return replies
