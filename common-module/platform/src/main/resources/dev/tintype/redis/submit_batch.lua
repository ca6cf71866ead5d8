-- Stores the jobs of a batch and queues or schedules them, all or none. The same batch sent again changes nothing. A thousand
-- captures take as long as some hundred single submissions; meanwhile Redis serves nobody else.
--
-- Uses
--   context    prefix, now_text
--   queue      enqueue
--   intake     remember_key, find_replay, read_load, estimate_millis, refuse_or_charge
--   admission  admit
--   storing    store_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] batch ID               ARGV[2] tenant
-- ARGV[3] weight of the tenant   ARGV[4] captures that the tenant may run at once
-- ARGV[5] jobs that may wait, of the tenant   ARGV[6] jobs that may wait in all
-- ARGV[7] microseconds that one capture takes of the tenant's rate, 0 for no rate
-- ARGV[8] microseconds that the tenant may be ahead of its rate
-- ARGV[9] idempotency key, or ""   ARGV[10] fingerprint of the submission   ARGV[11] how long the key is valid, ms
-- ARGV[12] number of captures
-- ARGV[13] webhook, JSON, or ""    ARGV[14] metadata, JSON, or ""
-- ARGV[15] ... for each capture: ID of its job; number of arguments that follow for it; what the priority adds to the rank,
--     microseconds; not before, ms, or ""; queue timeout, ms, or ""; deadline, ms, or ""; fields of the job, as pairs
--
-- {"ACCEPTED", when it was stored (ms), estimated ms until all are done or -1}
-- {"REPLAYED", id}     the idempotency key was used before for the same submission, which created this batch
-- {"KEY_REUSED", id}   the idempotency key was used for another submission
-- {"FULL", "tenant" | "all", waiting jobs, estimated ms until there is room or -1}
-- {"THROTTLED", ms until the next submission is accepted}

local id, tenant, tenant_key = ARGV[1], ARGV[2], prefix .. 'tenant:' .. ARGV[2]
local plan = {weight = ARGV[3], max_running = ARGV[4], max_waiting = ARGV[5], max_waiting_in_all = ARGV[6], spacing = ARGV[7],
  ahead = ARGV[8]}
local idem, fingerprint, key_millis = ARGV[9] ~= '' and prefix .. 'idem:' .. tenant .. ':' .. ARGV[9], ARGV[10], ARGV[11]
local captures, webhook, metadata = tonumber(ARGV[12]), ARGV[13], ARGV[14]
local arguments, at = ARGV, 15

local key = prefix .. 'batch:' .. id
local known = redis.call('HGET', key, 'createdMillis')
if known then
  return {'ACCEPTED', known, -1}
end
local load = read_load(tenant_key, plan)
local reply = find_replay(idem, fingerprint) or refuse_or_charge(tenant_key, plan, load, captures)
if reply then
  return reply
end
redis.call('HSET', key, 'tenant', tenant, 'total', captures, 'open', captures, 'kept', captures, 'createdMillis', now_text)
if webhook ~= '' then
  redis.call('HSET', key, 'webhook', webhook)
end
if metadata ~= '' then
  redis.call('HSET', key, 'metadata', metadata)
end
local order = admit(tenant, tenant_key, plan, load, captures)
local ids, listed, queued = {}, {}, {}
for i = 1, captures do
  local job, first, last = arguments[at], at + 2, at + 1 + arguments[at + 1]
  local state, rank = store_job(job, tenant, load.followed, order + i - 1, arguments, first, last)
  ids[i], listed[2 * i - 1], listed[2 * i] = job, '0', job
  if state == 'queued' then
    queued[#queued + 1], queued[#queued + 2] = rank, job
  end
  at = last + 1
end
redis.call('RPUSH', prefix .. 'members:' .. id, unpack(ids))
redis.call('ZADD', prefix .. 'jobs:' .. tenant, unpack(listed))
if queued[1] then
  enqueue(tenant, unpack(queued))
end
remember_key(idem, fingerprint, id, key_millis)
return {'ACCEPTED', now_text, estimate_millis(load, load.all_waiting + captures, load.browsers, load.usual)}
