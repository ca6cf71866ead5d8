package dev.tintype.redis.job;

import dev.tintype.capture.StoredCapture;
import dev.tintype.capture.UnreadableCaptureException;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import dev.tintype.job.JobId;
import dev.tintype.json.Json;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import dev.tintype.redis.stored.StoredResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's side of the queue in Redis. */
public final class RedisJobQueue implements JobQueue {
  /**
   * 15 s of silence: with renewals every 5 s two may be lost; reclaimed twice a second, a crash
   * costs 16 s at most.
   */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(15);

  // Long enough that a fleet of old workers is not busy with it, short enough beside a roll-out.
  private static final Duration UNREADABLE_PAUSE = Duration.ofSeconds(2);

  // Jobs that one claim passes over; the rest waits for the next claim.
  private static final int MAX_LEFT = 100;

  private static final Logger log = LoggerFactory.getLogger(RedisJobQueue.class);

  private final Set<Integer> toldVersions = ConcurrentHashMap.newKeySet();
  private final RedisConnections redis;
  private final Keys keys;
  private final Duration lease;
  private final int capturesPerHost;

  /**
   * @param lease how long a worker may be silent before its jobs are given to others; at least a
   *     millisecond
   * @param capturesPerHost how many captures of one host run at once, at least 1
   */
  public RedisJobQueue(
      RedisConnections redis, String namespace, Duration lease, int capturesPerHost) {
    if (lease.toMillis() < 1 || capturesPerHost < 1) {
      throw new IllegalArgumentException(
          "lease is %s, capturesPerHost %d; allowed is 1 ms or more, and 1 or more"
              .formatted(lease, capturesPerHost));
    }
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.lease = lease;
    this.capturesPerHost = capturesPerHost;
  }

  @Override
  public Future<Optional<Assignment>> claim(Worker worker, String nonce) {
    return claim(worker, nonce, 0);
  }

  private Future<Optional<Assignment>> claim(Worker worker, String nonce, int left) {
    return Script.CLAIM
        .<List<Object>>run(
            redis, keys, worker.name(), nonce, millis(lease), Integer.toString(capturesPerHost))
        .compose(
            reply -> {
              try {
                return Future.succeededFuture(assignment(reply));
              } catch (UnreadableCaptureException e) {
                Future<Void> done = leave(lease(reply), e);
                // The nonce of a claim belongs to its job; the next claim needs its own.
                return left == MAX_LEFT
                    ? done.map(Optional.empty())
                    : done.compose(
                        next ->
                            claim(worker, nonce.replaceFirst("~.*", "") + "~" + left, left + 1));
              }
            });
  }

  /** Leaves a job to a worker of a newer build. No attempt has failed. */
  private Future<Void> leave(Lease lease, UnreadableCaptureException why) {
    if (toldVersions.add(why.version())) {
      log.warn(
          "event=capture_version_unknown job={} version={} note=\"left to workers of a newer build\""
              + " error=\"{}\"",
          lease.job(),
          why.version(),
          why.getMessage());
    }
    return Script.RELEASE
        .<String>run(
            redis,
            keys,
            lease.job().value(),
            attempt(lease),
            millis(UNREADABLE_PAUSE),
            "unknown_version",
            String.valueOf(why.getMessage()))
        .mapEmpty();
  }

  @Override
  public Future<Map<Lease, LeaseReply>> renew(Worker worker, List<Lease> leases) {
    Stream<String> pairs =
        leases.stream().flatMap(lease -> Stream.of(lease.job().value(), attempt(lease)));
    String[] arguments =
        Stream.concat(
                Stream.of(worker.name(), Integer.toString(worker.browsers()), millis(lease)), pairs)
            .toArray(String[]::new);
    return Script.RENEW
        .<List<Object>>run(redis, keys, arguments)
        .map(
            words -> {
              Map<Lease, LeaseReply> replies = new LinkedHashMap<>();
              for (int i = 0; i < leases.size(); i++) {
                replies.put(leases.get(i), LeaseReply.valueOf((String) words.get(i)));
              }
              return replies;
            });
  }

  @Override
  public Future<LeaseReply> reserveImages(Lease lease, int count) {
    return Script.RESERVE_IMAGES
        .<String>run(redis, keys, lease.job().value(), attempt(lease), Integer.toString(count))
        .map(LeaseReply::valueOf);
  }

  @Override
  public Future<LeaseReply> complete(Lease lease, CaptureResult result) {
    return Script.COMPLETE
        .<String>run(
            redis,
            keys,
            lease.job().value(),
            attempt(lease),
            StoredResult.write(result),
            Long.toString(result.bytes()))
        .map(LeaseReply::valueOf);
  }

  @Override
  public Future<LeaseReply> fail(Lease lease, Failure failure, Optional<Duration> retryAfter) {
    return Script.FAIL
        .<String>run(
            redis,
            keys,
            lease.job().value(),
            attempt(lease),
            Json.write(failure),
            failure.code().toString(),
            failure.message(),
            retryAfter.map(RedisJobQueue::millis).orElse(""))
        .map(LeaseReply::valueOf);
  }

  @Override
  public Future<LeaseReply> release(Lease lease) {
    return Script.RELEASE
        .<String>run(redis, keys, lease.job().value(), attempt(lease), "0", "", "")
        .map(LeaseReply::valueOf);
  }

  @Override
  public Future<Void> leave(Worker worker) {
    return Script.RENEW
        .run(redis, keys, worker.name(), Integer.toString(worker.browsers()), "0")
        .mapEmpty();
  }

  private static Lease lease(List<Object> reply) {
    return new Lease(new JobId((String) reply.get(1)), Integer.parseInt((String) reply.get(2)));
  }

  private static Optional<Assignment> assignment(List<Object> reply) {
    if (reply.get(0).equals("EMPTY")) {
      return Optional.empty();
    }
    var lease = lease(reply);
    long left = (Long) reply.get(6);
    return Optional.of(
        new Assignment(
            lease,
            StoredCapture.read((String) reply.get(3)),
            (String) reply.get(4),
            Integer.parseInt((String) reply.get(5)),
            left < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(left))));
  }

  private static String attempt(Lease lease) {
    return Integer.toString(lease.attempt());
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }
}
