-- Stores an image, also at maxmemory: the end of a job frees memory, and without its image the capture was in vain.
--
-- KEYS[1] image  STRING  the image
-- ARGV[1] its bytes
-- ARGV[2] how long it is kept at most, ms
--
-- "OK"

local image, bytes, keep_millis = KEYS[1], ARGV[1], ARGV[2]

redis.call('UNLINK', image) -- a write that only frees memory comes first, as in allow_when_full
redis.call('SET', image, bytes, 'PX', keep_millis)
return 'OK'
