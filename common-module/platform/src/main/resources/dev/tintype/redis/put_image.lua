-- Stores an image, even at maxmemory: a capture that has run to its end frees more than it takes.
--
-- KEYS[1] image  STRING  the image
-- ARGV[1] its bytes
-- ARGV[2] how long it is kept at most, ms
--
-- "OK"

redis.call('UNLINK', KEYS[1]) -- as not_refused_when_full
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'OK'
