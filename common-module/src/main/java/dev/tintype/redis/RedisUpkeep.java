package dev.tintype.redis;

import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.json.Json;
import dev.tintype.queue.QueueUpkeep;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Housekeeping of the queue in Redis. */
public final class RedisUpkeep implements QueueUpkeep {
  // One crash may be the machine's fault; the second on the same page is the page's.
  private static final int MAX_CRASHES = 2;

  private static final Failure TOO_MANY_CRASHES =
      new Failure(
          FailureCode.WORKER_CRASHED,
          "the workers that rendered this page died "
              + MAX_CRASHES
              + " times; it is not tried again");

  private final RedisConnections redis;
  private final Keys keys;
  private final QueueTimes times;

  public RedisUpkeep(RedisConnections redis, String namespace, QueueTimes times) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.times = times;
  }

  @Override
  public Future<List<Reclaimed>> reclaimExpired(int limit) {
    return Script.RECLAIM_EXPIRED
        .<List<Object>>run(
            redis,
            new String[] {keys.leases(), keys.ring()},
            keys.prefix(),
            Integer.toString(limit),
            Integer.toString(MAX_CRASHES),
            Json.write(TOO_MANY_CRASHES),
            TOO_MANY_CRASHES.code().toString(),
            Long.toString(times.retention().toMillis()),
            keys.queuedChannel(),
            keys.finishedChannel())
        .map(RedisUpkeep::reclaimed);
  }

  private static List<Reclaimed> reclaimed(List<Object> words) {
    List<Reclaimed> jobs = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 4) {
      jobs.add(
          new Reclaimed(
              new JobId((String) words.get(i)),
              Integer.parseInt((String) words.get(i + 1)),
              (String) words.get(i + 2),
              JobState.valueOf(((String) words.get(i + 3)).toUpperCase(Locale.ROOT))));
    }
    return jobs;
  }
}
