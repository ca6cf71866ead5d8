-- Returns events of the jobs of a tenant, and follows the tenant for a while: events are recorded for that long.
--
-- Uses
--   context  prefix, allow_when_full
--   events   EVENTS_KEPT, refresh_followed
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] tenant
-- ARGV[2] ID of the last known event, or "" to start now
-- ARGV[3] maximum number of events
-- ARGV[4] how long the tenant is followed from now on at least, ms; at most twice that
--
-- {ID before the first event, "WHOLE", "id", "job", "line as in a timeline", ...}
-- {ID before the first event, "GAPS", ...}   events after ARGV[2] may be missing

local tenant, last_id, limit, followed_millis = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local events, followed = prefix .. 'events:' .. tenant, prefix .. 'followed:' .. tenant

allow_when_full()
local since = redis.call('GET', followed)
if not since then
  -- Between events that were recorded before and those to come some are missing.
  since = redis.call('XADD', events, 'MAXLEN', 0, '*', 'job', '')
end
if redis.call('PTTL', followed) < followed_millis then
  -- Twice as long as promised, so that not every call has to extend it.
  redis.call('SET', followed, since, 'PX', 2 * followed_millis)
  -- Longer than anything is added to the stream, or it would be created again and stay for ever.
  redis.call('PEXPIRE', events, 3 * followed_millis)
  if redis.call('EXISTS', prefix .. 'tenant:' .. tenant) == 1 then
    refresh_followed(tenant)
  end
end

local function is_before(id, other)
  local ms, sequence = string.match(id, '^(%d+)%-(%d+)$')
  local other_ms, other_sequence = string.match(other, '^(%d+)%-(%d+)$')
  if ms ~= other_ms then
    return tonumber(ms) < tonumber(other_ms)
  end
  return tonumber(sequence) < tonumber(other_sequence)
end

local newest = redis.call('XREVRANGE', events, '+', '-', 'COUNT', 1)[1]
local oldest = redis.call('XRANGE', events, '-', '+', 'COUNT', 1)[1]
local last = newest and newest[1] or since
if last_id == '' then
  return {last, 'WHOLE'}
end
local from, word = last_id, 'WHOLE'
if is_before(last, from) then
  from, word = last, 'GAPS' -- the clock was set back, or this ID is not from this stream
elseif is_before(from, since) then
  from, word = since, 'GAPS'
elseif redis.call('XLEN', events) >= EVENTS_KEPT and is_before(from, oldest[1]) then
  word = 'GAPS'
end
local reply = {from, word}
for _, event in ipairs(redis.call('XRANGE', events, '(' .. from, '+', 'COUNT', limit)) do
  table.insert(reply, event[1])
  table.insert(reply, event[2][2])
  table.insert(reply, event[2][4])
end
return reply
