-- Stores the next part of an image, even at maxmemory (see put_image). The last makes the whole visible. Sent again, it changes
-- nothing.
--
-- KEYS[1] parts  STRING  what has been stored so far
-- KEYS[2] image  STRING  the image, once it is whole
-- ARGV[1] bytes of the part
-- ARGV[2] place of its first byte in the image
-- ARGV[3] how long the image is kept at most, ms
-- ARGV[4] bytes of the whole image with the last part, else ""
--
-- "OK"
-- "LOST"  parts before this one are gone: an image begins anew

-- A worker stores a part in seconds; what one that died leaves behind is gone after these.
local UNFINISHED_MILLIS = 600000

if ARGV[4] ~= '' and redis.call('STRLEN', KEYS[2]) == tonumber(ARGV[4]) then
  return 'OK'
end
redis.call('UNLINK', ARGV[2] == '0' and KEYS[1] or KEYS[2]) -- as not_refused_when_full; the second is not there yet
if redis.call('STRLEN', KEYS[1]) < tonumber(ARGV[2]) then
  return 'LOST'
end
redis.call('SETRANGE', KEYS[1], ARGV[2], ARGV[1])
if ARGV[4] == '' then
  redis.call('PEXPIRE', KEYS[1], UNFINISHED_MILLIS)
else
  redis.call('RENAME', KEYS[1], KEYS[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
end
return 'OK'
