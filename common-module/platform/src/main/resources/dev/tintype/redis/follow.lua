-- Tells what has happened to the jobs of a tenant, and has the tenant followed for a while: what happens to a job is
-- written down for that long.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] tenant
-- ARGV[2] id after which to tell, or "" for what happens from now on
-- ARGV[3] how many events at most
-- ARGV[4] how long the tenant is followed from now on at least, ms; twice that at most
--
-- {id after which the events are, "WHOLE", "id", "job", "line of its story", ...}
-- {id after which the events are, "GAPS", ...}   events after ARGV[2] may be missing, and these come after them

local events, followed = prefix .. 'events:' .. ARGV[1], prefix .. 'followed:' .. ARGV[1]

not_refused_when_full()
local since = redis.call('GET', followed)
if not since then
  -- What was written down before has a gap behind it.
  since = redis.call('XADD', events, 'MAXLEN', 0, '*', 'job', '')
end
if redis.call('PTTL', followed) < tonumber(ARGV[4]) then
  -- Twice as long as is promised, so that not every look has to renew it.
  redis.call('SET', followed, since, 'PX', 2 * ARGV[4])
  -- Longer than anything is written to it, or it would begin anew and stay for ever.
  redis.call('PEXPIRE', events, 3 * ARGV[4])
  if redis.call('EXISTS', prefix .. 'tenant:' .. ARGV[1]) == 1 then
    keep_telling(ARGV[1])
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
if ARGV[2] == '' then
  return {last, 'WHOLE'}
end
local from, word = ARGV[2], 'WHOLE'
if is_before(last, from) then
  from, word = last, 'GAPS' -- the clock was set back, or this is no id of ours
elseif is_before(from, since) then
  from, word = since, 'GAPS'
elseif redis.call('XLEN', events) >= EVENTS_KEPT and is_before(from, oldest[1]) then
  word = 'GAPS'
end
local answer = {from, word}
for _, event in ipairs(redis.call('XRANGE', events, '(' .. from, '+', 'COUNT', ARGV[3])) do
  table.insert(answer, event[1])
  table.insert(answer, event[2][2])
  table.insert(answer, event[2][4])
end
return answer
