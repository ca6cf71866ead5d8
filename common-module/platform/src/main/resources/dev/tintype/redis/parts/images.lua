-- How images come to be deleted that no job points to. The first image of an attempt is stored under the attempt's own key,
-- image; the others under image.1, image.2, ... Scripts never touch an image itself: it may lie in another store.
--
--   garbage  ZSET  images that no job points to, by when they may be deleted, ms

local function discard_images(job, at)
  redis.call('ZADD', prefix .. 'garbage', at, job.image)
  for i = 1, (job.images or 1) - 1 do
    redis.call('ZADD', prefix .. 'garbage', at, job.image .. '.' .. i)
  end
end
