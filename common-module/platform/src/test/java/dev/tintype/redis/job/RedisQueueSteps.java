package dev.tintype.redis.job;

import dev.tintype.image.ImageStore;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.Retention;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.QueueSteps;
import java.time.Duration;

/** The steps of the queue that lies in the Redis of a rig. */
interface RedisQueueSteps extends QueueSteps {
  QueueRig rig();

  default RedisConnections redis() {
    return rig().redis();
  }

  default Keys keys() {
    return new Keys(rig().namespace());
  }

  @Override
  default JobStore store() {
    return storeFor(1_000_000);
  }

  @Override
  default JobStore storeFor(int maxWaiting) {
    return new RedisJobStore(redis(), rig().namespace(), maxWaiting);
  }

  @Override
  default JobQueue queueWith(Duration lease, int capturesPerHost) {
    return new RedisJobQueue(redis(), rig().namespace(), lease, capturesPerHost);
  }

  @Override
  default QueueUpkeep upkeep(Retention retention) {
    return new RedisUpkeep(
        redis(),
        rig().namespace(),
        new RedisImageStore(redis(), rig().namespace()),
        retention,
        Duration.ofMinutes(10));
  }

  @Override
  default ImageStore images() {
    return new RedisImageStore(redis(), rig().namespace());
  }
}
