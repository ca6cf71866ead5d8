package dev.tintype.redis;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureSpec;
import dev.tintype.job.Failure;
import dev.tintype.job.JobId;
import dev.tintype.json.Json;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A worker's side of the queue in Redis. */
public final class RedisJobQueue implements JobQueue {
  private final RedisConnections redis;
  private final Keys keys;
  private final QueueTimes times;

  public RedisJobQueue(RedisConnections redis, String namespace, QueueTimes times) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.times = times;
  }

  @Override
  public Future<Optional<Assignment>> claim(String worker, String nonce) {
    return Script.CLAIM
        .<List<Object>>run(
            redis,
            new String[] {keys.ring(), keys.leases(), keys.turn(), keys.answer(nonce)},
            keys.prefix(),
            worker,
            millis(times.lease().toMillis()),
            // A claim is repeated within its own time limit or not at all; twice the lease outlasts
            // both.
            millis(2 * times.lease().toMillis()))
        .map(RedisJobQueue::assignment);
  }

  @Override
  public Future<Map<Lease, LeaseReply>> renew(List<Lease> leases) {
    Stream<String> pairs =
        leases.stream().flatMap(lease -> Stream.of(lease.job().value(), attempt(lease)));
    String[] arguments =
        Stream.concat(Stream.of(keys.prefix(), millis(times.lease().toMillis())), pairs)
            .toArray(String[]::new);
    return Script.RENEW
        .<List<Object>>run(redis, new String[] {keys.leases()}, arguments)
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
  public Future<LeaseReply> complete(Lease lease, CaptureResult result) {
    return Script.COMPLETE
        .<String>run(
            redis,
            new String[] {keys.job(lease.job()), keys.leases(), keys.timeline(lease.job())},
            lease.job().value(),
            attempt(lease),
            Json.write(result),
            millis(times.retention().toMillis()),
            keys.finishedChannel())
        .map(LeaseReply::valueOf);
  }

  @Override
  public Future<LeaseReply> fail(Lease lease, Failure failure) {
    return Script.FAIL
        .<String>run(
            redis,
            new String[] {keys.job(lease.job()), keys.leases(), keys.timeline(lease.job())},
            lease.job().value(),
            attempt(lease),
            Json.write(failure),
            failure.code().toString(),
            millis(times.retention().toMillis()),
            keys.finishedChannel())
        .map(LeaseReply::valueOf);
  }

  @Override
  public Future<LeaseReply> release(Lease lease) {
    return Script.RELEASE
        .<String>run(
            redis,
            new String[] {
              keys.job(lease.job()), keys.leases(), keys.ring(), keys.timeline(lease.job())
            },
            lease.job().value(),
            attempt(lease),
            keys.prefix(),
            keys.queuedChannel())
        .map(LeaseReply::valueOf);
  }

  private static Optional<Assignment> assignment(List<Object> reply) {
    if (reply.get(0).equals("EMPTY")) {
      return Optional.empty();
    }
    // The attempt is a number, or, in the answer to a repeated claim, the text that the hash holds.
    int attempt = Integer.parseInt(reply.get(2).toString());
    var lease = new Lease(new JobId((String) reply.get(1)), attempt);
    return Optional.of(new Assignment(lease, Json.read((String) reply.get(3), CaptureSpec.class)));
  }

  private static String attempt(Lease lease) {
    return Integer.toString(lease.attempt());
  }

  private static String millis(long millis) {
    return Long.toString(millis);
  }
}
