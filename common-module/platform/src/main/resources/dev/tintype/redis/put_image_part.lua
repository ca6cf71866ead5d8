-- Stores the next part of an image, also at maxmemory (see put_image.lua). The last part makes the whole image visible. The same
-- call sent again changes nothing.
--
-- KEYS[1] parts  STRING  what has been stored so far
-- KEYS[2] image  STRING  the image, once it is whole
-- ARGV[1] bytes of the part
-- ARGV[2] position of its first byte in the image
-- ARGV[3] how long the image is kept at most, ms
-- ARGV[4] size of the whole image with the last part, bytes, else ""
--
-- "OK"
-- "LOST"  earlier parts are gone: the caller starts again with the first

local parts, image, bytes, position, keep_millis, size = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4]

-- A worker stores a part in seconds. What a dead worker leaves behind is deleted after this time.
local UNFINISHED_MILLIS = 600000

if size ~= '' and redis.call('STRLEN', image) == tonumber(size) then
  return 'OK'
end
redis.call('UNLINK', position == '0' and parts or image) -- as in put_image.lua; the image is not there yet
if redis.call('STRLEN', parts) < tonumber(position) then
  return 'LOST'
end
redis.call('SETRANGE', parts, position, bytes)
if size == '' then
  redis.call('PEXPIRE', parts, UNFINISHED_MILLIS)
else
  redis.call('RENAME', parts, image)
  redis.call('PEXPIRE', image, keep_millis)
end
return 'OK'
