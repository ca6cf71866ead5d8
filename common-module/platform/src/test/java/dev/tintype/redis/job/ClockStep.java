package dev.tintype.redis.job;

import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.stored.Keys;
import io.lettuce.core.ScoredValue;
import java.time.Duration;
import java.util.List;

/**
 * A step of Redis' clock, as a queue sees it: all times that were written before lie elsewhere. The
 * clock itself is the machine's and stays as it is.
 */
public final class ClockStep {
  /** Sorted sets whose scores are moments. */
  private static final List<String> MOMENTS =
      List.of("leases", "scheduled", "expiring", "parked", "oldest", "garbage", "workers");

  private ClockStep() {}

  /** The clock is set to later: what was written is longer ago. */
  public static void forward(RedisConnections redis, String namespace, Duration step) {
    move(redis, new Keys(namespace), -step.toMillis());
  }

  /** The clock is set to earlier: what was written lies ahead. */
  public static void back(RedisConnections redis, String namespace, Duration step) {
    move(redis, new Keys(namespace), step.toMillis());
  }

  private static void move(RedisConnections redis, Keys keys, long millis) {
    for (String name : MOMENTS) {
      String key = keys.prefix() + name;
      for (ScoredValue<String> entry :
          redis.run(commands -> commands.zrangeWithScores(key, 0, -1)).await()) {
        redis
            .run(commands -> commands.zadd(key, entry.getScore() + millis, entry.getValue()))
            .await();
      }
    }
    String looked = keys.prefix() + "looked";
    if (redis.run(commands -> commands.exists(looked)).await() == 1) {
      redis.run(commands -> commands.incrby(looked, millis)).await();
    }
  }
}
