-- Stores an image, even at maxmemory: a job that ends frees memory, and an image that is refused is a capture in vain.
--
-- KEYS[1] image  STRING  the image
-- ARGV[1] its bytes
-- ARGV[2] how long it is kept at most, ms
--
-- "OK"

redis.call('UNLINK', KEYS[1]) -- as not_refused_when_full
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'OK'
