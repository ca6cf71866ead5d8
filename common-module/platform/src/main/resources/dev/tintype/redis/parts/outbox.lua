-- How what has happened comes to those who asked to be called: each call is a delivery, in a lane of its tenant and
-- receiver (host:port), so that nobody waits behind somebody else's receiver.
--
--   delivery:<id>                 HASH  state: pending, sending, delivered, given_up; tenant, type, url, lane, secret (name),
--                                      endpoint; subject: id of the job or batch that it tells of; createdMillis,
--                                      begunMillis: when it was last begun anew; dueMillis, settledMillis; attempt: the
--                                      fencing token; settled: the attempt that was settled last; tries since it was
--                                      begun; snapshot: the hash of its subject as it ended, until there is the body: the
--                                      bytes that are sent; try:<attempt>
--   outbox:<tenant>:<receiver>    ZSET  the lane: deliveries that have not ended, by when the next try is due, ms. For
--                                      one that is being sent that is the end of its lease: a crash needs no repair
--   sending:<tenant>:<receiver>   ZSET  those of them that are being sent, by lease end, ms
--   calling:<tenant>              ZSET  those of all lanes of the tenant, likewise
--   receiver:<tenant>:<receiver>  HASH  of a receiver that is at fault: faults in a row; rests: how often it was let
--                                      rest; untilMillis; probe: the one delivery that is tried after a rest
--   outboxes                      ZSET  lanes, by when it is worth looking into them, ms
--   deliveries                    ZSET  indexes, told apart by their beginning, in the order of letters (all of score 0):
--                                      all:<ms of when it was begun>:<id>, until that is too long ago;
--                                      of:<tenant>:<ms>:<id>, about:<subject>:<id>, settled:<ms>:<id>
--   endpoints:<tenant>            HASH  by id: whom to call whatever ends, JSON: url, receiver, secret, events, disabled
--   secrets:<tenant>              HASH  by name: keys, the newest first; an old one as key@<ms until when it signs>

-- The delivery's names in the indexes. createdMillis, begunMillis, tenant, subject.
local function entries(id, delivery)
  local moment = delivery.createdMillis .. ':' .. id
  local all = 'all:' .. (delivery.begunMillis or delivery.createdMillis) .. ':' .. id
  local own = 'of:' .. delivery.tenant .. ':' .. moment
  if delivery.subject == '' then
    return all, own -- two values and not a third of nil, which no command takes
  end
  return all, own, 'about:' .. delivery.subject .. ':' .. id
end

-- It is worth looking into the lane at that time, if not before.
local function wake(lane, at)
  redis.call('ZADD', prefix .. 'outboxes', 'LT', at, lane)
end

-- One call to one receiver. hook: url, receiver, secret. about: tenant, type, endpoint, subject, snapshot; each may be "".
local function enqueue_delivery(id, hook, about)
  local lane = about.tenant .. ':' .. hook.receiver
  redis.call('HSET', prefix .. 'delivery:' .. id, 'state', 'pending', 'tenant', about.tenant, 'type', about.type,
    'url', hook.url, 'lane', lane, 'secret', hook.secret, 'endpoint', about.endpoint, 'subject', about.subject,
    'createdMillis', now, 'dueMillis', now, 'snapshot', about.snapshot)
  redis.call('ZADD', prefix .. 'outbox:' .. lane, now, id)
  wake(lane, now)
  local all, own, subject = entries(id, {createdMillis = now, tenant = about.tenant, subject = about.subject})
  if subject then
    redis.call('ZADD', prefix .. 'deliveries', 0, all, 0, own, 0, subject)
  else
    redis.call('ZADD', prefix .. 'deliveries', 0, all, 0, own)
  end
end

local function asks_for(hook, type)
  return not hook.events or string.find(' ' .. hook.events .. ' ', ' ' .. type .. ' ', 1, true) ~= nil
end

-- A job or batch has ended, and its hash is as it will stay: id, key, tenant; webhook, its own as JSON. It costs one look where
-- nobody asks to be called; else one more for the hash, and four calls for each who does.
local function enqueue_deliveries(ended, type)
  local endpoints = redis.call('HGETALL', prefix .. 'endpoints:' .. ended.tenant)
  if not ended.webhook and not endpoints[1] then
    return
  end
  local snapshot
  local function enqueue_one(id, hook, endpoint)
    if not hook.disabled and asks_for(hook, type) then
      snapshot = snapshot or cjson.encode(redis.call('HGETALL', ended.key))
      enqueue_delivery(id, hook,
        {tenant = ended.tenant, type = type, endpoint = endpoint, subject = ended.id, snapshot = snapshot})
    end
  end
  if ended.webhook then
    enqueue_one('msg_' .. ended.id, cjson.decode(ended.webhook), '')
  end
  for i = 1, #endpoints, 2 do
    enqueue_one('msg_' .. ended.id .. '_' .. endpoints[i], cjson.decode(endpoints[i + 1]), endpoints[i])
  end
end
