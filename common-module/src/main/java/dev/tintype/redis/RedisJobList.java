package dev.tintype.redis;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.JobList;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks through the jobs in Redis. */
public final class RedisJobList implements JobList {
  // A millisecond of Redis' time, in which nobody else is served.
  private static final int LOOKED_AT = 1_000;

  private final RedisConnections redis;
  private final Keys keys;

  public RedisJobList(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  @Override
  public Future<Page> list(Tenant tenant, Filter filter) {
    JobState state = filter.state();
    // Nothing is passed over where everything is wanted.
    boolean all = state == null && filter.host() == null;
    return Script.LIST_JOBS
        .<List<Object>>run(
            redis,
            keys,
            tenant.name(),
            before(filter),
            id(filter.since()),
            state == null ? "" : state.toString(),
            filter.host() == null ? "" : filter.host(),
            Integer.toString(filter.limit()),
            Integer.toString(all ? filter.limit() : LOOKED_AT))
        .compose(
            words -> {
              String cursor = (String) words.get(0);
              return load(words.subList(1, words.size()))
                  .map(jobs -> new Page(jobs, cursor.isEmpty() ? null : new JobId(cursor)));
            });
  }

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
        // One may have been forgotten meanwhile.
        .map(all -> jobs.stream().flatMap(job -> job.result().stream()).toList());
  }
}
