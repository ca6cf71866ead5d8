-- How a job is read, how its state changes, and how its timeline is written.
--
-- Uses
--   context  prefix, now_text
--   events   record_event
--
--   job:<id>         HASH  the job. story: its timeline, a line for each event with ms, event, attempt, worker, code and
--                         message. same: cache key of equal captures. images: how many images the attempt stores, if more
--                         than one (see images.lua)
--   jobs:<tenant>    ZSET  all jobs of the tenant by ID, and so by age; every score is 0
--   tenant:<tenant>  HASH  numbers of its jobs: waiting (queued or scheduled), scheduled, running; bytes of its images; weight,
--                         maxRunning; earliest: when it may submit next, microseconds; vtime, credit, estimate (see
--                         running.lua); followed: until when its events are recorded, ms

-- Reads the fields that most scripts need and one more, by its name. A missing field is false; state is false if there is no
-- such job.
local function read_job(id, extra)
  local key = prefix .. 'job:' .. id
  local values = redis.call('HMGET', key, 'state', 'tenant', 'story', 'attempt', 'worker', 'host',
    'same', 'rank', 'image', 'images', 'startedMillis', 'charged', 'expiresMillis', 'deadlineMillis', 'failures',
    'webhook', 'batch', extra or 'state')
  local job = {id = id, key = key, tenant_key = values[2] and prefix .. 'tenant:' .. values[2], state = values[1],
    tenant = values[2], timeline = values[3], attempt = values[4], worker = values[5], host = values[6],
    cache_key = values[7], rank = values[8], image = values[9], images = values[10], startedMillis = values[11],
    charged = values[12], expiresMillis = values[13], deadlineMillis = values[14], failures = values[15],
    webhook = values[16], batch = values[17]}
  if extra then
    job[extra] = values[18]
  end
  return job
end

-- Adds an event to the timeline, which is stored with the next state. worker, code and message may be nil.
local function add_to_timeline(job, event, worker, code, message)
  local line = now_text .. '\t' .. event .. '\t' .. (job.attempt or '0') .. '\t' .. (worker or '') .. '\t'
    .. (code or '') .. '\t' .. (message and string.gsub(message, '%c', ' ') or '')
  job.timeline = job.timeline and job.timeline .. '\n' .. line or line
  record_event(job, line)
end

-- Stores a new state, the timeline, and further fields of the job given as pairs.
local function set_state(job, state, ...)
  redis.call('HSET', job.key, 'state', state, 'story', job.timeline, ...)
  job.state = state
end
