-- What may answer a submission before anything is stored. Its arguments are those of submit.
--
--   idem:<tenant>:<key>  STRING  fingerprint of the capture and the job that an idempotency key stands for
--   same:<tenant>:<key>  STRING  job that answers an equal capture

local idempotency = ARGV[9] ~= '' and prefix .. 'idem:' .. ARGV[2] .. ':' .. ARGV[9]
-- A capture for later is not joined: who asks now does not want to wait for it.
local same = ARGV[12] ~= '' and ARGV[15] == '' and prefix .. 'same:' .. ARGV[2] .. ':' .. ARGV[12]

local function remember(id)
  if idempotency then
    redis.call('SET', idempotency, ARGV[10] .. ' ' .. id, 'PX', ARGV[11])
  end
end

-- The job that this submission asks for again.
local function repeated()
  local first = idempotency and redis.call('GET', idempotency)
  if first then
    local fingerprint, id = string.match(first, '^(%S*) (%S+)$')
    return {fingerprint == ARGV[10] and 'REPLAYED' or 'KEY_REUSED', id}
  end
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

-- Why the tenant may not submit now; takes from its rate if it may. Jobs that wait, and when it may submit next.
local function refused(waiting, all_waiting, earliest, place_millis)
  if waiting >= tonumber(ARGV[5]) then
    return {'FULL', 'tenant', waiting, place_millis}
  elseif all_waiting >= tonumber(ARGV[6]) then
    return {'FULL', 'all', all_waiting, place_millis}
  elseif ARGV[7] ~= '0' then
    -- The generic cell rate algorithm: one time stamp is the whole bucket.
    local micros = tonumber(micros_text)
    -- No further ahead than it can be by this plan and this clock: either may have changed.
    local from = math.min(math.max(tonumber(earliest or 0), micros), micros + ARGV[8] + ARGV[7])
    local ahead = from - micros - ARGV[8]
    if ahead > 0 then
      return {'THROTTLED', math.ceil(ahead / 1000)}
    end
    redis.call('HSET', prefix .. 'tenant:' .. ARGV[2], 'earliest', from + ARGV[7])
  end
end

-- What the tenant may, for the claims to come.
local function keep_plan()
  redis.call('HSET', prefix .. 'tenant:' .. ARGV[2], 'weight', ARGV[3], 'maxRunning', ARGV[4])
  if redis.call('ZREM', prefix .. 'parked', ARGV[2]) == 1 then
    put_on_ring(ARGV[2]) -- it may run more than when it was parked
  end
end
