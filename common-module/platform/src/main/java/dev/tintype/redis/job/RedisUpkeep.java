package dev.tintype.redis.job;

import dev.tintype.image.ImageStore;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.json.Json;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Tombstone.Reason;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisFacts;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.JobHash;
import dev.tintype.redis.stored.Keys;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Housekeeping of the queue in Redis. */
public final class RedisUpkeep implements QueueUpkeep {
  // One crash may be the machine's fault; the second on the same page is the page's.
  private static final int MAX_CRASHES = 2;

  private static final Failure TOO_MANY_CRASHES =
      new Failure(
          FailureCode.WORKER_CRASHED,
          MAX_CRASHES + " workers died while they rendered this page; it is not retried");

  // A millisecond of Redis' time; called every second, it visits a million jobs in an hour.
  private static final int KEYS_A_LOOK = 500;

  // Longer than a store takes for as many images as are taken at once.
  private static final Duration TO_DELETE_IMAGES = Duration.ofMinutes(1);

  private final RedisConnections redis;
  private final Keys keys;
  private final ImageStore images;
  private final Retention retention;
  private final Duration lease;
  private final AtomicReference<ScanCursor> cursor = new AtomicReference<>(ScanCursor.INITIAL);

  /**
   * Upkeep of one queue.
   *
   * @param images where the images of its jobs are
   * @param lease length of the leases of the queue's workers
   */
  public RedisUpkeep(
      RedisConnections redis,
      String namespace,
      ImageStore images,
      Retention retention,
      Duration lease) {
    this.images = images;
    this.lease = lease;
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.retention = retention;
  }

  @Override
  public Future<List<Reclaimed>> reclaimExpired(int limit) {
    return Script.RECLAIM_EXPIRED
        .<List<Object>>run(
            redis,
            keys,
            Integer.toString(limit),
            Integer.toString(MAX_CRASHES),
            Json.write(TOO_MANY_CRASHES),
            TOO_MANY_CRASHES.code().toString(),
            TOO_MANY_CRASHES.message(),
            Long.toString(lease.toMillis()))
        .map(RedisUpkeep::reclaimed);
  }

  @Override
  public Future<Integer> promoteDue(int limit) {
    return Script.PROMOTE_DUE
        .<List<Object>>run(redis, keys, Integer.toString(limit))
        .map(reply -> ((Long) reply.get(0)).intValue());
  }

  @Override
  public Future<List<JobId>> expireWaiting(int limit) {
    return Script.EXPIRE_WAITING
        .<List<Object>>run(redis, keys, Integer.toString(limit))
        .map(RedisUpkeep::ids);
  }

  @Override
  public Future<List<Trimmed>> trimFinished(int limit) {
    return RedisFacts.nearlyFull(redis)
        .compose(
            nearlyFull ->
                Script.TRIM_FINISHED.<List<Object>>run(
                    redis,
                    keys,
                    Integer.toString(limit),
                    Long.toString(retention.age().toMillis()),
                    Long.toString(retention.count()),
                    Long.toString(retention.bytes()),
                    Long.toString(retention.tenantCount()),
                    Long.toString(retention.tenantBytes()),
                    Long.toString(RedisJobStore.TOMBSTONE.toMillis()),
                    nearlyFull ? "1" : "0"))
        .map(
            words -> {
              List<Trimmed> jobs = new ArrayList<>();
              for (int i = 0; i < words.size(); i += 2) {
                jobs.add(
                    new Trimmed(
                        new JobId((String) words.get(i)),
                        JobHash.word(Reason.class, (String) words.get(i + 1))));
              }
              return jobs;
            });
  }

  @Override
  public Future<Integer> deleteGarbage(int limit) {
    return Script.TAKE_GARBAGE
        .<List<Object>>run(
            redis, keys, Integer.toString(limit), Long.toString(TO_DELETE_IMAGES.toMillis()))
        .compose(
            found -> {
              List<String> images = found.stream().map(String.class::cast).toList();
              return images.isEmpty() ? Future.succeededFuture(0) : delete(images);
            });
  }

  /**
   * Removed from the list only when they are gone: a process that dies before leaves them on it.
   */
  private Future<Integer> delete(List<String> images) {
    String[] names = images.toArray(String[]::new);
    return this.images
        .delete(images)
        .compose(deleted -> redis.run(commands -> commands.zrem(keys.garbage(), names)))
        .map(names.length);
  }

  @Override
  public Future<List<JobId>> reconcile() {
    var arguments = ScanArgs.Builder.matches(keys.jobs() + "*").limit(KEYS_A_LOOK);
    return redis
        .<KeyScanCursor<String>>run(commands -> commands.scan(cursor.get(), arguments))
        // In a cluster it names nodes, of which one may have died for good.
        .onFailure(lost -> cursor.set(ScanCursor.INITIAL))
        .compose(
            page -> {
              cursor.set(page.isFinished() ? ScanCursor.INITIAL : page);
              String[] ids =
                  page.getKeys().stream()
                      .map(key -> key.substring(keys.jobs().length()))
                      .toArray(String[]::new);
              return ids.length == 0
                  ? Future.succeededFuture(List.of())
                  : Script.RECONCILE.<List<Object>>run(redis, keys, ids).map(RedisUpkeep::ids);
            });
  }

  private static List<Reclaimed> reclaimed(List<Object> words) {
    List<Reclaimed> jobs = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 4) {
      jobs.add(
          new Reclaimed(
              new JobId((String) words.get(i)),
              Integer.parseInt((String) words.get(i + 1)),
              (String) words.get(i + 2),
              JobHash.word(JobState.class, (String) words.get(i + 3))));
    }
    return jobs;
  }

  private static List<JobId> ids(List<Object> words) {
    return words.stream().map(word -> new JobId((String) word)).toList();
  }
}
