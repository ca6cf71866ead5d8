-- Takes images that no job refers to and that may be deleted now. They stay on the list until the caller has deleted them: if it
-- dies before, they are taken again later.
--
-- Uses
--   context  prefix, now, allow_when_full
--
-- KEYS[1] prefix (see parts/context.lua)
-- ARGV[1] maximum number of images
-- ARGV[2] for how long no other process takes them, ms
--
-- list of image keys, ["id:attempt-nonce"]

local limit, hold_millis = ARGV[1], ARGV[2]

allow_when_full()
local due = redis.call('ZRANGEBYSCORE', prefix .. 'garbage', '-inf', now, 'LIMIT', 0, limit)
for _, image in ipairs(due) do
  redis.call('ZADD', prefix .. 'garbage', now + hold_millis, image)
end
return due
