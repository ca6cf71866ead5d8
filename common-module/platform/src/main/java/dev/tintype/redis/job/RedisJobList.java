package dev.tintype.redis.job;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.JobList;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.JobHash;
import dev.tintype.redis.stored.Keys;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks through the jobs in Redis. */
public final class RedisJobList implements JobList {
  // A millisecond or two of Redis' time, in which nobody else is served.
  private static final int LOOKED_AT = 500;

  // Between two looks others are served. What takes longer is for the next page to find.
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final RedisConnections redis;
  private final Keys keys;
  private final int lookedAt;
  private final Duration patience;

  public RedisJobList(RedisConnections redis, String namespace) {
    this(redis, namespace, LOOKED_AT, PATIENCE);
  }

  /**
   * With other bounds.
   *
   * @param lookedAt jobs that one step looks at
   * @param patience how long a page goes on after its first step
   */
  RedisJobList(RedisConnections redis, String namespace, int lookedAt, Duration patience) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.lookedAt = lookedAt;
    this.patience = patience;
  }

  @Override
  public Future<Page> list(Tenant tenant, Filter filter) {
    return look(tenant, filter, before(filter), List.of(), System.nanoTime() + patience.toNanos())
        .compose(
            found ->
                load(found.ids)
                    .map(
                        jobs ->
                            new Page(
                                jobs, found.cursor.isEmpty() ? null : new JobId(found.cursor))));
  }

  /** Goes on where it was until the page is full, nothing is left, or the time is over. */
  private Future<Found> look(
      Tenant tenant, Filter filter, String before, List<Object> known, long end) {
    JobState state = filter.state();
    int wanted = filter.limit() - known.size();
    // Nothing is passed over where everything is wanted.
    boolean all = state == null && filter.host() == null;
    return Script.LIST_JOBS
        .<List<Object>>run(
            redis,
            keys,
            tenant.name(),
            before,
            id(filter.since()),
            state == null ? "" : state.toString(),
            filter.host() == null ? "" : filter.host(),
            Integer.toString(wanted),
            Integer.toString(all ? wanted : lookedAt))
        .compose(
            words -> {
              String cursor = (String) words.get(0);
              List<Object> ids = new ArrayList<>(known);
              ids.addAll(words.subList(1, words.size()));
              boolean isOver = System.nanoTime() - end >= 0;
              return cursor.isEmpty() || ids.size() == filter.limit() || isOver
                  ? Future.succeededFuture(new Found(ids, cursor))
                  : look(tenant, filter, cursor, ids, end);
            });
  }

  /**
   * What was found.
   *
   * @param cursor the last that was looked at, or "" when there are no more
   */
  private record Found(List<Object> ids, String cursor) {}

  /** What all jobs of the page are older than. */
  private static String before(Filter filter) {
    String until = id(filter.until());
    JobId cursor = filter.cursor();
    if (cursor == null) {
      return until;
    }
    return until.isEmpty() || cursor.value().compareTo(until) < 0 ? cursor.value() : until;
  }

  private static String id(@Nullable Instant moment) {
    return moment == null ? "" : JobId.firstOf(moment).value();
  }

  private Future<List<Job>> load(List<Object> ids) {
    List<Future<Optional<Job>>> jobs =
        ids.stream()
            .map(word -> new JobId((String) word))
            .map(id -> JobHash.find(redis, keys, id))
            .toList();
    return Future.all(jobs)
        // One may have been deleted in the meantime.
        .map(all -> jobs.stream().flatMap(job -> job.result().stream()).toList());
  }
}
