-- Images that no job refers to. The first image of an attempt is stored under the key of the attempt, image; the others under
-- image.1, image.2, ... Scripts never read or delete an image itself: it may be in another store.
--
-- Uses
--   context  prefix
--
--   garbage  ZSET  images that no job refers to, by when they may be deleted, ms

-- Lists the images of the job's attempt for deletion. at: when, ms
local function discard_images(job, at)
  redis.call('ZADD', prefix .. 'garbage', at, job.image)
  for i = 1, (job.images or 1) - 1 do
    redis.call('ZADD', prefix .. 'garbage', at, job.image .. '.' .. i)
  end
end
