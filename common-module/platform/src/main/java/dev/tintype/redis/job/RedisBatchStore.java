package dev.tintype.redis.job;

import dev.tintype.capture.CaptureRequest;
import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.NewBatch;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.BatchAccepted;
import dev.tintype.queue.SubmitResult.BatchReplayed;
import dev.tintype.queue.SubmitResult.TooLarge;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.BatchHash;
import dev.tintype.redis.stored.JobHash;
import dev.tintype.redis.stored.Keys;
import dev.tintype.redis.stored.StoredWebhook;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Batches in Redis. */
public final class RedisBatchStore implements BatchStore {
  // What is asked of Redis at once; others are served between two of these.
  private static final int AT_ONCE = 100;

  private final RedisConnections redis;
  private final Keys keys;
  private final int maxWaiting;

  /**
   * @param maxWaiting jobs that may be queued or scheduled, of all tenants together
   */
  public RedisBatchStore(RedisConnections redis, String namespace, int maxWaiting) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.maxWaiting = maxWaiting;
  }

  @Override
  public Future<SubmitResult> submit(NewBatch batch) {
    var request = batch.request();
    String key = batch.idempotencyKey();
    List<String> arguments =
        SubmitArguments.intake(
            batch.id().value(),
            batch.tenant(),
            batch.plan(),
            maxWaiting,
            key,
            key == null ? null : CaptureKey.ofBatch(request));
    List<CaptureRequest> captures = request.captures();
    arguments.add(Integer.toString(captures.size()));
    arguments.add(request.webhook() == null ? "" : StoredWebhook.of(request.webhook()));
    arguments.add(Objects.requireNonNullElse(request.metadata(), ""));
    for (int i = 0; i < captures.size(); i++) {
      List<String> capture = SubmitArguments.stored(captures.get(i), null, batch.id());
      arguments.add(batch.jobs().get(i).value());
      arguments.add(Integer.toString(capture.size()));
      arguments.addAll(capture);
    }
    return Script.SUBMIT_BATCH
        .<List<Object>>run(redis, keys, arguments.toArray(String[]::new))
        .map(reply -> result(batch, reply));
  }

  private SubmitResult result(NewBatch batch, List<Object> reply) {
    return switch ((String) reply.get(0)) {
      case "ACCEPTED" ->
          new BatchAccepted(
              new Batch(
                  batch.id(),
                  batch.tenant(),
                  batch.jobs().size(),
                  0,
                  0,
                  0,
                  0,
                  Instant.ofEpochMilli(Long.parseLong((String) reply.get(1))),
                  null,
                  batch.request().metadata()),
              SubmitArguments.duration(reply.get(2)));
      case "REPLAYED" -> new BatchReplayed(new BatchId((String) reply.get(1)));
      case "FULL" -> {
        int most = Math.min(maxWaiting, batch.plan().maxWaiting());
        // Told to come again, it would come for ever.
        yield batch.jobs().size() > most ? new TooLarge(most) : SubmitArguments.refusal(reply);
      }
      default -> SubmitArguments.refusal(reply);
    };
  }

  @Override
  public Future<Optional<Batch>> find(BatchId id) {
    return redis
        .run(commands -> commands.hgetall(keys.batch(id)))
        .map(hash -> hash.isEmpty() ? Optional.empty() : Optional.of(BatchHash.read(id, hash)));
  }

  @Override
  public Future<List<Member>> listMembers(BatchId id, int from, int limit) {
    return ids(id, from, limit)
        .compose(
            ids -> {
              List<Future<Member>> members =
                  ids.stream()
                      .map(
                          job ->
                              JobHash.find(redis, keys, job).map(found -> new Member(job, found)))
                      .toList();
              return Future.all(members).map(all -> all.<Member>list());
            });
  }

  @Override
  public Future<Boolean> cancel(BatchId id) {
    return find(id).compose(found -> cancel(id, 0).map(found.isPresent()));
  }

  private Future<Void> cancel(BatchId id, int from) {
    return ids(id, from, AT_ONCE)
        .compose(
            ids ->
                Future.all(
                        ids.stream()
                            .map(job -> Script.CANCEL.<String>run(redis, keys, job.value()))
                            .toList())
                    .compose(
                        cancelled ->
                            ids.size() < AT_ONCE
                                ? Future.succeededFuture()
                                : cancel(id, from + AT_ONCE)));
  }

  private Future<List<JobId>> ids(BatchId id, int from, int limit) {
    return redis
        .run(commands -> commands.lrange(keys.members(id), from, (long) from + limit - 1))
        .map(words -> words.stream().map(JobId::new).toList());
  }
}
