-- What every step knows: where the keys are, what time it is, how a job is read, how its state changes, how its story is
-- told. The text of a part stands before the text of each step that needs it (see Script).
--
-- KEYS[1] prefix of every key: it names the slot of a cluster, and each key is the prefix and one of these names
--   job:<id>         HASH  the job
--   timeline:<id>    LIST  its story: ms, event, attempt, worker, code, message, separated by tabs
--   tenant:<tenant>  HASH  how many jobs it has in each state; weight, maxRunning; earliest: when it
--                         may submit next, microseconds; vtime, credit, estimate (see running)
--   totals           HASH  how many jobs are in each state; bytes of images; the last rank; estimate; browsers,
--                         and until when that is known
--   counters         HASH  what has happened since the beginning, by word
--   nothing          STRING  never there

local prefix = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- At maxmemory Redis refuses what grows only as the first write of a script. A step that ends work writes this before.
local function not_refused_when_full()
  redis.call('DEL', prefix .. 'nothing')
end

local function note(id, event, attempt, worker, code, message)
  redis.call('RPUSH', prefix .. 'timeline:' .. id,
    table.concat({now, event, attempt, worker or '', code or '', message or ''}, '\t'))
end

-- The named fields of the job; false where it has none, and state is false if there is no such job.
local function read(id, ...)
  local values = redis.call('HMGET', prefix .. 'job:' .. id, 'state', 'tenant', ...)
  local job = {id = id, state = values[1], tenant = values[2]}
  for i, name in ipairs({...}) do
    job[name] = values[i + 2]
  end
  return job
end

local function become(job, state)
  local tenant = prefix .. 'tenant:' .. job.tenant
  if job.state then
    redis.call('HINCRBY', prefix .. 'totals', job.state, -1)
    redis.call('HINCRBY', tenant, job.state, -1)
    redis.call('HSET', prefix .. 'job:' .. job.id, 'state', state)
  end
  redis.call('HINCRBY', prefix .. 'totals', state, 1)
  redis.call('HINCRBY', tenant, state, 1)
  job.state = state
end
