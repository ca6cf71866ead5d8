-- Stores a job and lets it wait: for a browser, or for its time. The same job sent again changes nothing.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] job id                     ARGV[2] tenant
-- ARGV[3] the tenant's weight        ARGV[4] captures that it may run at once
-- ARGV[5] jobs that it may have waiting
-- ARGV[6] jobs that may wait in all
-- ARGV[7] microseconds that one submission takes of the tenant's rate, 0 for no rate
-- ARGV[8] microseconds that it may be ahead of its rate
-- ARGV[9] idempotency key, or ""     ARGV[10] fingerprint of the capture
-- ARGV[11] how long the key is remembered, ms
-- ARGV[12] key of equal captures, or ""
-- ARGV[13] how old the image of an equal capture may be, ms
-- ARGV[14] what its priority adds to the rank, microseconds
-- ARGV[15] not before, ms, or ""     ARGV[16] queue timeout, ms, or ""     ARGV[17] deadline, ms, or ""
-- ARGV[18] ... fields of the job in pairs
--
-- {"ACCEPTED", state, when it was stored (ms), queued jobs of the tenant before it, ms until it is likely done or -1}
-- {"REPLAYED", id}     the job that the idempotency key stands for
-- {"KEY_REUSED", id}   the key stands for another capture
-- {"JOINED", id}       an equal capture that has not finished
-- {"CACHED", id}       an equal capture whose image is young enough
-- {"FULL", "tenant" | "all", waiting jobs, ms until a place is likely free or -1}
-- {"THROTTLED", ms until the next submission is taken}

local id, tenant = ARGV[1], ARGV[2]
local key, tenant_key = prefix .. 'job:' .. id, prefix .. 'tenant:' .. tenant
local known = redis.call('HMGET', key, 'state', 'createdMillis')
if known[1] then
  return {'ACCEPTED', known[1], known[2], 0, -1}
end
local answer = repeated()
if answer then
  return answer
end
local all = redis.call('HMGET', totals, 'rank', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired',
  'browsers', 'browsersMillis', 'estimate')
local own = redis.call('HMGET', tenant_key, 'waiting', 'weight', 'maxRunning', 'estimate', 'earliest',
  'scheduled')
-- Workers that all died renew nothing, and so count themselves no more.
local browsers = tonumber(all[8] or 0) > now and tonumber(all[7]) or 0
local function likely_millis(captures, of, each)
  return browsers > 0 and math.ceil(captures * (each or 1000) / math.min(browsers, of)) or -1
end

local waiting = tonumber(own[1] or 0)
-- What was submitted, has not finished and does not run.
local all_waiting = (all[2] or 0) - (all[3] or 0) - (all[4] or 0) - (all[5] or 0) - (all[6] or 0)
  - redis.call('ZCARD', prefix .. 'leases')
local refusal = refused(waiting, all_waiting, own[5], likely_millis(1, tonumber(ARGV[4]), own[4] or all[9]))
if refusal then
  count(totals, string.lower(refusal[1]), '1')
  return refusal
end

if own[2] ~= ARGV[3] or own[3] ~= ARGV[4] then
  keep_plan()
end
-- Ranks are times, so that a low priority waits for a while and not for ever; and each is greater than the one before.
local order = math.max((all[1] or 0) + 1, tonumber(micros_text))
redis.call('HSET', totals, 'rank', string.format('%d', order), 'submitted', (all[2] or 0) + 1)
local later = ARGV[15] ~= '' and tonumber(ARGV[15]) > now
local state = later and 'scheduled' or 'queued'
-- A job for later comes when it is due, and not when it was thought of.
local rank = string.format('%d', (later and math.max(order, ARGV[15] * 1000) or order) + ARGV[14])
redis.call('HSET', key, 'state', state, 'tenant', tenant, 'rank', rank, 'createdMillis', now_text,
  unpack(ARGV, 18))
redis.call('ZADD', prefix .. 'jobs:' .. tenant, '0', id)
count(tenant_key, 'waiting', '1')

local expires = tonumber(ARGV[17]) or math.huge
if ARGV[16] ~= '' then
  expires = math.min(expires, (later and ARGV[15] or now) + ARGV[16])
end
if expires < math.huge then
  redis.call('HSET', key, 'expiresMillis', expires)
  redis.call('ZADD', prefix .. 'expiring', expires, id)
end
if later then
  redis.call('ZADD', prefix .. 'scheduled', ARGV[15], id)
  count(tenant_key, 'scheduled', '1')
else
  enqueue({id = id, tenant = tenant, rank = rank})
end
if same and expires == math.huge then -- others would expire with it, who have not asked for that
  redis.call('SET', same, id)
end
remember(id)
local before = browsers > 0 and all_waiting - redis.call('ZCARD', prefix .. 'scheduled') or 0
return {'ACCEPTED', state, now_text, waiting - (own[6] or 0), likely_millis(before + 1, browsers, all[9])}
