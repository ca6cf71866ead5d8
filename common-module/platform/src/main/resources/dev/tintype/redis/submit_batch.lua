-- Stores the jobs of a batch and lets them wait, all or none. The same batch sent again changes nothing. A thousand take as
-- long as some hundred single submissions, in which nobody else is served.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] batch id ... ARGV[11] see intake
-- ARGV[12] how many captures
-- ARGV[13] webhook, JSON, or ""     ARGV[14] metadata, JSON, or ""
-- ARGV[15] ... for each capture: id of its job, how many arguments follow of it, and these: see stored
--
-- {"ACCEPTED", when it was stored (ms), ms until all are likely done or -1}
-- {"REPLAYED", id}     the batch that the idempotency key stands for
-- {"KEY_REUSED", id}   the key stands for another submission
-- {"FULL", "tenant" | "all", waiting jobs, ms until a place is likely free or -1}
-- {"THROTTLED", ms until the next submission is taken}

local id, captures = ARGV[1], tonumber(ARGV[12])
local key, members = prefix .. 'batch:' .. id, prefix .. 'members:' .. id
local known = redis.call('HGET', key, 'createdMillis')
if known then
  return {'ACCEPTED', known, -1}
end
local queue = survey()
local answer = replayed() or refused(queue, captures)
if answer then
  return answer
end
redis.call('HSET', key, 'tenant', tenant, 'total', captures, 'open', captures, 'kept', captures, 'createdMillis', now_text)
if ARGV[13] ~= '' then
  redis.call('HSET', key, 'webhook', ARGV[13])
end
if ARGV[14] ~= '' then
  redis.call('HSET', key, 'metadata', ARGV[14])
end
local order, at = admit(queue, captures), 15
local ids, listed, queued = {}, {}, {}
for i = 1, captures do
  local job, last = ARGV[at], at + 1 + ARGV[at + 1]
  local state, rank = store(job, tenant, order + i - 1, at + 2, last)
  ids[i], listed[2 * i - 1], listed[2 * i] = job, '0', job
  if state == 'queued' then
    queued[#queued + 1], queued[#queued + 2] = rank, job
  end
  at = last + 1
end
redis.call('RPUSH', members, unpack(ids))
redis.call('ZADD', prefix .. 'jobs:' .. tenant, unpack(listed))
if queued[1] then
  enqueue(tenant, unpack(queued))
end
remember(id)
return {'ACCEPTED', now_text, likely_millis(queue, queue.all_waiting + captures, queue.browsers, queue.usual)}
