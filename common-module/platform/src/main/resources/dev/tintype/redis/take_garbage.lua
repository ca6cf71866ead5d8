-- Takes images that no job points to and that may be deleted, for a process that will delete them now. They stay on the list
-- until it has: if it dies before, they are taken again later.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] how many images at most
-- ARGV[2] how long no other process takes them, ms
--
-- list of keys of images, ["id:attempt-nonce"]

not_refused_when_full()
local due = redis.call('ZRANGEBYSCORE', prefix .. 'garbage', '-inf', now, 'LIMIT', 0, ARGV[1])
for _, image in ipairs(due) do
  redis.call('ZADD', prefix .. 'garbage', now + ARGV[2], image)
end
return due
