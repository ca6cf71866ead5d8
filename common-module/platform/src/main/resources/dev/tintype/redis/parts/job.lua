-- What every step knows: where the keys are, what time it is, how a job is read, how its state changes, how its story is
-- told (also to those who follow its tenant), how things are counted. The text of a part stands before the text of each step
-- that needs it (see Script).
--
-- KEYS[1] prefix of every key: it names the slot of a cluster, and each key is the prefix and one of these names
--   job:<id>         HASH  the job; story: a line for each step, of ms, event, attempt, worker, code, message; images: how many
--                         the attempt stores, if it is more than one (see images)
--   jobs:<tenant>    ZSET  all its jobs, by id and so by age; all of score 0
--   tenant:<tenant>  HASH  how many of its jobs are waiting (queued or scheduled), scheduled, running; bytes of its images;
--                         weight, maxRunning; earliest: when it may submit next, microseconds; vtime, credit,
--                         estimate (see running); followed: until when its events are written down, ms
--   events:<tenant>  STREAM  what happens to its jobs, while somebody follows it (see follow): job, and a line as in a story
--   followed:<tenant>  STRING  id in that stream since which nothing is missing; it is there while somebody follows
--   totals           HASH  what has happened since the beginning, by word: submitted, succeeded, ...; bytes of images;
--                         the last rank; estimate; hungry, if a browser has asked in vain; browsers, and until when
--                         that is known
--   nothing          STRING  never there
--
-- Half of what a step costs is Lua's: a call with all its fields written out is cheaper than one that is put together, and
-- a key is put together once.

local prefix = KEYS[1]
local time = redis.call('TIME')
-- Written by hand: Redis spells a number with seventeen digits and takes its time for it, and a text as it is.
local micros_text = time[1] .. string.format('%06d', time[2])
local now_text = string.sub(micros_text, 1, -4)
local now = tonumber(now_text)
local totals = prefix .. 'totals'

-- At maxmemory Redis refuses what grows only as the first write of a script. A step that ends work writes this before,
-- or begins with another write that only shrinks.
local function not_refused_when_full()
  redis.call('DEL', prefix .. 'nothing')
end

-- What steps need of a job, and one field more that this one needs; false where it has none, and state is false if there is
-- no such job.
local function read(id, more)
  local key = prefix .. 'job:' .. id
  local values = redis.call('HMGET', key, 'state', 'tenant', 'story', 'attempt', 'worker', 'host',
    'same', 'rank', 'image', 'images', 'startedMillis', 'charged', 'expiresMillis', 'deadlineMillis', 'failures',
    'webhook', 'batch', more or 'state')
  return {id = id, key = key, tenant_key = values[2] and prefix .. 'tenant:' .. values[2], state = values[1],
    tenant = values[2], story = values[3], attempt = values[4], worker = values[5], host = values[6], same = values[7],
    rank = values[8], image = values[9], images = values[10], startedMillis = values[11], charged = values[12],
    expiresMillis = values[13], deadlineMillis = values[14], failures = values[15], webhook = values[16],
    batch = values[17], more = values[18]}
end

-- Who follows the tenant is told what happens to its jobs; where nobody does it costs nothing: followed is a field that most
-- steps read with others. tenant, tenant_key; followed, nil if the step has not read it.
local EVENTS_KEPT = 10000
local function tell(job, line)
  if job.followed == nil then
    job.followed = redis.call('HGET', job.tenant_key, 'followed')
  end
  if job.followed and tonumber(job.followed) > now then
    redis.call('XADD', prefix .. 'events:' .. job.tenant, 'MAXLEN', '~', EVENTS_KEPT, '*', 'job', job.id, 'line', line)
    redis.call('PUBLISH', prefix .. 'events', job.tenant)
  end
end

-- Writes down how long the tenant is followed, where its steps will read it; for a hash that is there, or will be.
local function keep_telling(tenant)
  local left = redis.call('PTTL', prefix .. 'followed:' .. tenant)
  if left > 0 then
    -- A second longer, so that nothing is lost between the two ends.
    local followed = string.format('%d', now + left + 1000)
    redis.call('HSET', prefix .. 'tenant:' .. tenant, 'followed', followed)
    return followed
  end
end

-- The next line of the story, which is written when the job becomes what it says.
local function note(job, event, worker, code, message)
  local line = now_text .. '\t' .. event .. '\t' .. (job.attempt or '0') .. '\t' .. (worker or '') .. '\t'
    .. (code or '') .. '\t' .. (message and string.gsub(message, '%c', ' ') or '')
  job.story = job.story and job.story .. '\n' .. line or line
  tell(job, line)
end

-- And further fields of the job, in pairs.
local function become(job, state, ...)
  redis.call('HSET', job.key, 'state', state, 'story', job.story, ...)
  job.state = state
end

local function count(key, word, change)
  redis.call('HINCRBY', key, word, change)
end
