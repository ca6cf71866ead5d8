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
local totals = redis.call('HMGET', prefix .. 'totals', 'scheduled', 'queued', 'rank', 'browsers', 'estimate',
  'browsersMillis')
-- Workers that all died renew nothing, and so count themselves no more.
local browsers = tonumber(totals[6] or 0) > now and tonumber(totals[4]) or 0
local estimate = tonumber(totals[5] or 1000)

local function likely_millis(captures, of, each)
  return browsers > 0 and math.ceil(captures * (each or estimate) / math.min(browsers, of or browsers)) or -1
end

local known = read(id, 'createdMillis')
if known.state then
  return {'ACCEPTED', known.state, known.createdMillis, 0, likely_millis(1)}
end
local answer = repeated()
if answer then
  return answer
end
local own = redis.call('HMGET', prefix .. 'tenant:' .. tenant, 'scheduled', 'queued', 'weight', 'maxRunning', 'earliest',
  'estimate')
local queued, queued_in_all = tonumber(own[2] or 0), tonumber(totals[2] or 0)
local refusal = refused({earliest = own[5]}, (own[1] or 0) + queued, (totals[1] or 0) + queued_in_all,
  likely_millis(1, tonumber(ARGV[4]), tonumber(own[6] or estimate)))
if refusal then
  redis.call('HINCRBY', prefix .. 'counters', string.lower(refusal[1]), 1)
  return refusal
end

if own[3] ~= ARGV[3] or own[4] ~= ARGV[4] then
  redis.call('HSET', prefix .. 'tenant:' .. tenant, 'weight', ARGV[3], 'maxRunning', ARGV[4])
  if redis.call('ZREM', prefix .. 'parked', tenant) == 1 then
    put_on_ring(tenant) -- it may run more than when it was parked
  end
end
-- Ranks are times, so that a low priority waits for a while and not for ever; and each is greater than the one before.
local order = math.max(tonumber(totals[3] or 0) + 1, time[1] * 1000000 + time[2])
redis.call('HSET', prefix .. 'totals', 'rank', order)
local later = ARGV[15] ~= '' and tonumber(ARGV[15]) > now
local state = later and 'scheduled' or 'queued'
-- A job for later comes when it is due, and not when it was thought of.
local job = {id = id, tenant = tenant, rank = (later and math.max(order, ARGV[15] * 1000) or order) + ARGV[14]}
redis.call('HSET', prefix .. 'job:' .. id, 'state', state, 'tenant', tenant, 'rank', job.rank, 'createdMillis', now,
  unpack(ARGV, 18))
become(job, state)

local expires = tonumber(ARGV[17]) or math.huge
if ARGV[16] ~= '' then
  expires = math.min(expires, (later and ARGV[15] or now) + ARGV[16])
end
if expires < math.huge then
  redis.call('HSET', prefix .. 'job:' .. id, 'expiresMillis', expires)
  redis.call('ZADD', prefix .. 'expiring', expires, id)
end
if later then
  redis.call('ZADD', prefix .. 'scheduled', ARGV[15], id)
else
  enqueue(job)
end
if same and expires == math.huge then -- others would expire with it, who have not asked for that
  redis.call('SET', same, id)
end
remember(id)
redis.call('HINCRBY', prefix .. 'counters', 'submitted', 1)
return {'ACCEPTED', state, tostring(now), queued, likely_millis(queued_in_all + 1)}
