-- Stores a job and lets it wait: for a browser, or for its time. The same job sent again changes nothing.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] job id ... ARGV[11] see intake
-- ARGV[12] key of equal captures, or ""
-- ARGV[13] how old the image of an equal capture may be, ms
-- ARGV[14] what its priority adds to the rank, microseconds
-- ARGV[15] not before, ms, or ""     ARGV[16] ... see stored
--
--   same:<tenant>:<key>  STRING  job that answers an equal capture
--
-- {"ACCEPTED", state, when it was stored (ms), queued jobs of the tenant before it, ms until it is likely done or -1}
-- {"REPLAYED", id}     the job that the idempotency key stands for
-- {"KEY_REUSED", id}   the key stands for another submission
-- {"JOINED", id}       an equal capture that has not finished
-- {"CACHED", id}       an equal capture whose image is young enough
-- {"FULL", "tenant" | "all", waiting jobs, ms until a place is likely free or -1}
-- {"THROTTLED", ms until the next submission is taken}

local id = ARGV[1]
-- A capture for later is not joined: who asks now does not want to wait for it.
local same = ARGV[12] ~= '' and ARGV[15] == '' and prefix .. 'same:' .. tenant .. ':' .. ARGV[12]

-- The job that makes the image that is asked for, or has made it.
local function equal()
  local other = same and redis.call('GET', same)
  if other then
    local job = read(other, 'finishedMillis')
    local no_later = job.rank and tonumber(job.rank) <= micros_text + ARGV[14]
    local word = (job.state == 'running' or job.state == 'queued' and no_later) and 'JOINED'
    if job.state == 'succeeded' then
      word = now - job.more <= tonumber(ARGV[13]) and 'CACHED'
    end
    if word then
      remember(other)
      count(totals, string.lower(word), '1')
      return {word, other}
    end
  end
end

local known = redis.call('HMGET', prefix .. 'job:' .. id, 'state', 'createdMillis')
if known[1] then
  return {'ACCEPTED', known[1], known[2], 0, -1}
end
local answer = replayed() or equal()
if answer then
  return answer
end
local queue = survey()
local refusal = refused(queue, 1)
if refusal then
  return refusal
end
local state, rank, may_expire = store(id, tenant, admit(queue, 1), 14, #ARGV)
redis.call('ZADD', prefix .. 'jobs:' .. tenant, '0', id)
if state == 'queued' then
  enqueue(tenant, rank, id)
end
if same and not may_expire then -- others would expire with it, who have not asked for that
  redis.call('SET', same, id)
end
remember(id)
local before = queue.browsers > 0 and queue.all_waiting - redis.call('ZCARD', prefix .. 'scheduled') or 0
return {'ACCEPTED', state, now_text, queue.waiting - queue.scheduled,
  likely_millis(queue, before + 1, queue.browsers, queue.usual)}
