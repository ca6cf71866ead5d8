-- Names images that no job points to any more. Whoever has deleted them takes them off the list.
--
-- KEYS[1] prefix (see parts)
-- ARGV[1] how many at most
--
-- list of names of images, ["id:attempt-nonce"]

return redis.call('ZRANGEBYSCORE', prefix .. 'garbage', '-inf', now, 'LIMIT', 0, ARGV[1])
