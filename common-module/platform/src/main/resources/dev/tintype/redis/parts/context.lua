-- What every script needs: the names of the keys, the time, counters.
--
-- KEYS[1] prefix of every key. It holds the hash tag, so that all keys of a queue are on one node of a cluster.
--   totals   HASH    counters since the beginning, by word: submitted, succeeded, ...; bytes of all images; rank: the last
--                    one given; estimate: how long captures take, ms; hungry: a claim found no job; browsers, and
--                    browsersMillis: number of browsers of live workers, and until when that is valid
--   nothing  STRING  never exists
--
-- Half of the cost of a script is Lua's. A call with all its fields written out is cheaper than one that is put together, and
-- a number goes to Redis as text where possible: Lua formats numbers with seventeen digits, which is slow.

local prefix = KEYS[1]
local clock = redis.call('TIME')
local micros_text = clock[1] .. string.format('%06d', clock[2])
local now_text = string.sub(micros_text, 1, -4)
local now = tonumber(now_text)
local totals = prefix .. 'totals'

-- At maxmemory Redis rejects a script whose first write may need memory. A script that ends work calls this first, or starts
-- with another write that only frees memory.
local function allow_when_full()
  redis.call('DEL', prefix .. 'nothing')
end

local function increment(key, field, change)
  redis.call('HINCRBY', key, field, change)
end
