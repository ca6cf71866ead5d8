-- How the end of a job or batch becomes webhook deliveries. Each delivery waits in a lane, one for each tenant and receiver
-- (host:port), so that a slow receiver delays no other.
--
-- Uses
--   context  prefix, now
--
--   delivery:<id>                 HASH  state: pending, sending, delivered, given_up; tenant, type, url, lane, secret (name),
--                                      endpoint; subject: ID of its job or batch; createdMillis; begunMillis: when it was
--                                      last restarted; dueMillis, settledMillis; attempt: the fencing token; settled: the
--                                      attempt that was settled last; tries: attempts since it was created or restarted;
--                                      snapshot: hash of the subject, until there is a body; body: the bytes that are sent;
--                                      try:<attempt>: log of the attempt
--   outbox:<tenant>:<receiver>    ZSET  the lane: deliveries that have not ended, by when they are due, ms. One that is being
--                                      sent is due at the end of its lease, so a crash needs no repair
--   sending:<tenant>:<receiver>   ZSET  deliveries of the lane that are being sent, by end of lease, ms
--   calling:<tenant>              ZSET  deliveries of all lanes of the tenant that are being sent, by end of lease, ms
--   receiver:<tenant>:<receiver>  HASH  of a failing receiver: faults in a row; rests: number of pauses; untilMillis: end of
--                                      the pause; probe: the one delivery that is attempted after a pause
--   outboxes                      ZSET  lanes, by when to look into them, ms
--   deliveries                    ZSET  indexes in one set, by prefix, in order of letters; every score is 0:
--                                      all:<ms of creation or restart>:<id>, until it is too old;
--                                      of:<tenant>:<ms>:<id>, about:<subject>:<id>, settled:<ms>:<id>
--   endpoints:<tenant>            HASH  by ID: JSON of url, receiver, secret, events, disabled
--   secrets:<tenant>              HASH  by name: keys, newest first; an older one as key@<ms until when it signs>

-- The delivery's entries in the indexes. delivery: createdMillis, begunMillis, tenant, subject
local function index_entries(id, delivery)
  local moment = delivery.createdMillis .. ':' .. id
  local all = 'all:' .. (delivery.begunMillis or delivery.createdMillis) .. ':' .. id
  local own = 'of:' .. delivery.tenant .. ':' .. moment
  if delivery.subject == '' then
    return all, own -- two values and not a third of nil, which no command takes
  end
  return all, own, 'about:' .. delivery.subject .. ':' .. id
end

-- Has the lane looked into at that time, ms, or earlier.
local function schedule_lane(lane, at)
  redis.call('ZADD', prefix .. 'outboxes', 'LT', at, lane)
end

-- Creates one delivery. hook: url, receiver, secret. about: tenant, type, endpoint, subject, snapshot; each may be ""
local function enqueue_delivery(id, hook, about)
  local lane = about.tenant .. ':' .. hook.receiver
  redis.call('HSET', prefix .. 'delivery:' .. id, 'state', 'pending', 'tenant', about.tenant, 'type', about.type,
    'url', hook.url, 'lane', lane, 'secret', hook.secret, 'endpoint', about.endpoint, 'subject', about.subject,
    'createdMillis', now, 'dueMillis', now, 'snapshot', about.snapshot)
  redis.call('ZADD', prefix .. 'outbox:' .. lane, now, id)
  schedule_lane(lane, now)
  local all, own, subject = index_entries(id, {createdMillis = now, tenant = about.tenant, subject = about.subject})
  if subject then
    redis.call('ZADD', prefix .. 'deliveries', 0, all, 0, own, 0, subject)
  else
    redis.call('ZADD', prefix .. 'deliveries', 0, all, 0, own)
  end
end

-- Creates the deliveries of a job or batch that has finished. ended: id, key, tenant; webhook: its own as JSON, or false.
-- Costs one command if nobody wants to be called; else one more for the snapshot, and four for each delivery.
local function enqueue_deliveries(ended, type)
  local endpoints = redis.call('HGETALL', prefix .. 'endpoints:' .. ended.tenant)
  local snapshot
  local function enqueue_one(id, hook, endpoint)
    local is_wanted = not hook.events or string.find(' ' .. hook.events .. ' ', ' ' .. type .. ' ', 1, true) ~= nil
    if is_wanted and not hook.disabled then
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
