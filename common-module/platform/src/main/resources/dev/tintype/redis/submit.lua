-- Stores a job and queues or schedules it. The same job sent again changes nothing.
--
-- Uses
--   context    prefix, now, now_text, micros_text, totals, increment
--   job        read_job
--   queue      enqueue
--   intake     remember_key, find_replay, read_load, estimate_millis, refuse_or_charge
--   admission  admit
--   storing    store_job
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] job ID                 ARGV[2] tenant
-- ARGV[3] weight of the tenant   ARGV[4] captures that the tenant may run at once
-- ARGV[5] jobs that may wait, of the tenant   ARGV[6] jobs that may wait in all
-- ARGV[7] microseconds that one capture takes of the tenant's rate, 0 for no rate
-- ARGV[8] microseconds that the tenant may be ahead of its rate
-- ARGV[9] idempotency key, or ""   ARGV[10] fingerprint of the submission   ARGV[11] how long the key is valid, ms
-- ARGV[12] cache key of equal captures, or ""   ARGV[13] maximum age of the image of an equal capture, ms, or ""
-- ARGV[14] what the priority adds to the rank, microseconds
-- ARGV[15] not before, ms, or ""   ARGV[16] queue timeout, ms, or ""   ARGV[17] deadline, ms, or ""
-- ARGV[18] ... fields of the job, as pairs
--
--   same:<tenant>:<key>  STRING  job that answers equal captures
--
-- {"ACCEPTED", state, when it was stored (ms), queued jobs of the tenant before it, estimated ms until it is done or -1}
-- {"REPLAYED", id}     the idempotency key was used before for the same submission, which created this job
-- {"KEY_REUSED", id}   the idempotency key was used for another submission
-- {"JOINED", id}       an equal capture is waiting or running
-- {"CACHED", id}       an equal capture has a result that is recent enough
-- {"FULL", "tenant" | "all", waiting jobs, estimated ms until there is room or -1}
-- {"THROTTLED", ms until the next submission is accepted}

local id, tenant, tenant_key = ARGV[1], ARGV[2], prefix .. 'tenant:' .. ARGV[2]
local plan = {weight = ARGV[3], max_running = ARGV[4], max_waiting = ARGV[5], max_waiting_in_all = ARGV[6], spacing = ARGV[7],
  ahead = ARGV[8]}
local idem, fingerprint, key_millis = ARGV[9] ~= '' and prefix .. 'idem:' .. tenant .. ':' .. ARGV[9], ARGV[10], ARGV[11]
local cache_key, max_age, added, not_before = ARGV[12], ARGV[13], ARGV[14], ARGV[15]
local arguments, first, last = ARGV, 14, #ARGV

-- A scheduled capture joins no other: that one is wanted earlier.
local cache_entry = cache_key ~= '' and not_before == '' and prefix .. 'same:' .. tenant .. ':' .. cache_key

-- The reply if another job makes the same image in time or has made it, else nil. Remembers it under the idempotency key.
local function join_equal()
  local other = cache_entry and redis.call('GET', cache_entry)
  if other then
    local job = read_job(other, 'finishedMillis')
    local is_no_later = job.rank and tonumber(job.rank) <= micros_text + added
    local word = (job.state == 'running' or job.state == 'queued' and is_no_later) and 'JOINED'
    if job.state == 'succeeded' then
      word = now - job.finishedMillis <= tonumber(max_age) and 'CACHED'
    end
    if word then
      remember_key(idem, fingerprint, other, key_millis)
      increment(totals, string.lower(word), '1')
      return {word, other}
    end
  end
end

local known = redis.call('HMGET', prefix .. 'job:' .. id, 'state', 'createdMillis')
if known[1] then
  return {'ACCEPTED', known[1], known[2], 0, -1}
end
local reply = find_replay(idem, fingerprint) or join_equal()
if reply then
  return reply
end
local load = read_load(tenant_key, plan)
local refusal = refuse_or_charge(tenant_key, plan, load, 1)
if refusal then
  return refusal
end
local order = admit(tenant, tenant_key, plan, load, 1)
local state, rank, may_expire = store_job(id, tenant, load.followed, order, arguments, first, last)
redis.call('ZADD', prefix .. 'jobs:' .. tenant, '0', id)
if state == 'queued' then
  enqueue(tenant, rank, id)
end
if cache_entry and not may_expire then -- a job that expires must not take others along
  redis.call('SET', cache_entry, id)
end
remember_key(idem, fingerprint, id, key_millis)
local before = load.browsers > 0 and load.all_waiting - redis.call('ZCARD', prefix .. 'scheduled') or 0
return {'ACCEPTED', state, now_text, load.waiting - load.scheduled,
  estimate_millis(load, before + 1, load.browsers, load.usual)}
