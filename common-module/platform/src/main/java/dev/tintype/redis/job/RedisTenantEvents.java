package dev.tintype.redis.job;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry;
import dev.tintype.queue.TenantEvents;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Redis stream for each tenant that is followed. */
public final class RedisTenantEvents implements TenantEvents {
  // Much longer than a client stays away between two streams, and short enough that nobody pays for
  // followers of yesterday.
  private static final Duration FOLLOWED = Duration.ofMinutes(5);

  private final RedisConnections redis;
  private final Keys keys;
  private final Duration followed;

  public RedisTenantEvents(RedisConnections redis, String namespace) {
    this(redis, namespace, FOLLOWED);
  }

  /**
   * @param followed how long a tenant is followed after the last look
   */
  RedisTenantEvents(RedisConnections redis, String namespace, Duration followed) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.followed = followed;
  }

  @Override
  public Future<Page> follow(Tenant tenant, @Nullable String lastId, int limit) {
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("limit is " + limit + "; allowed is 1 to 1,000");
    }
    return Script.FOLLOW
        .<List<Object>>run(
            redis,
            keys,
            tenant.name(),
            lastId == null ? "" : lastId,
            Integer.toString(limit),
            Long.toString(followed.toMillis()))
        .map(RedisTenantEvents::page);
  }

  private static Page page(List<Object> reply) {
    List<TenantEvent> events = new ArrayList<>();
    for (int i = 2; i < reply.size(); i += 3) {
      events.add(
          event((String) reply.get(i), (String) reply.get(i + 1), (String) reply.get(i + 2)));
    }
    return new Page((String) reply.get(0), reply.get(1).equals("GAPS"), events);
  }

  private static TenantEvent event(String id, String job, String line) {
    TimelineEntry entry = RedisJobStore.entry(0, line);
    return new TenantEvent(
        id,
        new JobId(job),
        entry.at(),
        entry.event(),
        entry.attempt(),
        entry.worker(),
        entry.code(),
        entry.message());
  }
}
