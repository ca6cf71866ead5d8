-- How what has happened comes to those who asked to be called: each call is a delivery, in a lane of its tenant and
-- receiver (host:port), so that nobody waits behind somebody else's receiver.
--
--   delivery:<id>                 HASH  state: pending, sending, delivered, given_up; tenant, type, url, lane, secret (name),
--                                      endpoint, job; createdMillis, dueMillis, settledMillis; attempt: the fencing token;
--                                      settled: the attempt that was settled last; tries since it was last begun anew;
--                                      snapshot: the hash of the job as it ended, or any JSON object that is to be told, until
--                                      there is the body: the bytes that are sent; try:<attempt>
--   outbox:<tenant>:<receiver>    ZSET  the lane: deliveries that have not ended, by when the next try is due, ms. For
--                                      one that is being sent that is the end of its lease: a crash needs no repair
--   sending:<tenant>:<receiver>   ZSET  those of them that are being sent, by lease end, ms
--   calling:<tenant>              ZSET  those of all lanes of the tenant, likewise
--   receiver:<tenant>:<receiver>  HASH  of a receiver that is at fault: faults in a row; rests: how often it was let
--                                      rest; untilMillis; probe: the one delivery that is tried after a rest
--   outboxes                      ZSET  lanes, by when it is worth looking into them, ms
--   deliveries                    ZSET  indexes, told apart by their beginning, in the order of letters (all of score 0):
--                                      all:<ms>:<id>, of:<tenant>:<ms>:<id>, job:<job>:<id>, settled:<ms>:<id>
--   endpoints:<tenant>            HASH  by id: whom to call whatever the job, JSON: url, receiver, secret, events, disabled
--   secrets:<tenant>              HASH  by name: keys, the newest first; an old one as key@<ms until when it signs>

-- The delivery's names in the indexes. createdMillis, tenant, job.
local function entries(id, delivery)
  local moment = delivery.createdMillis .. ':' .. id
  return 'all:' .. moment, 'of:' .. delivery.tenant .. ':' .. moment,
    delivery.job and delivery.job ~= '' and 'job:' .. delivery.job .. ':' .. id or nil
end

-- It is worth looking into the lane at that time, if not before.
local function wake(lane, at)
  redis.call('ZADD', prefix .. 'outboxes', 'LT', at, lane)
end

-- One call to one receiver. hook: url, receiver, secret. about: tenant, type, endpoint, job, snapshot; each may be "".
local function enqueue_delivery(id, hook, about)
  local lane = about.tenant .. ':' .. hook.receiver
  redis.call('HSET', prefix .. 'delivery:' .. id, 'state', 'pending', 'tenant', about.tenant, 'type', about.type,
    'url', hook.url, 'lane', lane, 'secret', hook.secret, 'endpoint', about.endpoint, 'job', about.job,
    'createdMillis', now, 'dueMillis', now, 'snapshot', about.snapshot)
  redis.call('ZADD', prefix .. 'outbox:' .. lane, now, id)
  wake(lane, now)
  local all, own, jobs = entries(id, {createdMillis = now, tenant = about.tenant, job = about.job})
  if jobs then
    redis.call('ZADD', prefix .. 'deliveries', 0, all, 0, own, 0, jobs)
  else
    redis.call('ZADD', prefix .. 'deliveries', 0, all, 0, own)
  end
end

local function asks_for(hook, type)
  return not hook.events or string.find(' ' .. hook.events .. ' ', ' ' .. type .. ' ', 1, true) ~= nil
end

-- A job has ended, its last fields are written and its spec is gone: webhook, its own as JSON. It costs one look
-- where nobody asks to be called; else one more for the job, and four calls for each who does.
local function enqueue_deliveries(job, state)
  local endpoints = redis.call('HGETALL', prefix .. 'endpoints:' .. job.tenant)
  if not job.webhook and not endpoints[1] then
    return
  end
  local type, snapshot = 'screenshot.' .. state, nil
  local function enqueue(id, hook, endpoint)
    if not hook.disabled and asks_for(hook, type) then
      snapshot = snapshot or cjson.encode(redis.call('HGETALL', job.key))
      enqueue_delivery(id, hook,
        {tenant = job.tenant, type = type, endpoint = endpoint, job = job.id, snapshot = snapshot})
    end
  end
  if job.webhook then
    enqueue('msg_' .. job.id, cjson.decode(job.webhook), '')
  end
  for i = 1, #endpoints, 2 do
    enqueue('msg_' .. job.id .. '_' .. endpoints[i], cjson.decode(endpoints[i + 1]), endpoints[i])
  end
end
