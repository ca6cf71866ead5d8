package dev.tintype.redis.job;

import dev.tintype.capture.CaptureRequest;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.CancelReply;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.SubmitResult.Answered;
import dev.tintype.queue.SubmitResult.Reason;
import dev.tintype.queue.Tombstone;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.JobHash;
import dev.tintype.redis.stored.Keys;
import io.lettuce.core.SetArgs;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API's side of the queue in Redis. */
public final class RedisJobStore implements JobStore {
  /** How long a deleted job is remembered. */
  static final Duration TOMBSTONE = Duration.ofHours(24);

  private final RedisConnections redis;
  private final Keys keys;
  private final int maxWaiting;

  /**
   * @param maxWaiting jobs that may be queued or scheduled, of all tenants together
   */
  public RedisJobStore(RedisConnections redis, String namespace, int maxWaiting) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.maxWaiting = maxWaiting;
  }

  @Override
  public Future<SubmitResult> submit(NewJob job) {
    CaptureRequest request = job.request();
    String key = job.idempotencyKey();
    Duration maxAge = request.cacheMaxAge();
    String sameKey = maxAge == null ? null : CaptureKey.ofImage(request.capture());
    List<String> arguments =
        SubmitArguments.intake(
            job.id().value(),
            job.tenant(),
            job.plan(),
            maxWaiting,
            key,
            key == null ? null : CaptureKey.ofRequest(request));
    arguments.add(sameKey == null ? "" : sameKey);
    arguments.add(maxAge == null ? "" : SubmitArguments.millis(maxAge));
    arguments.addAll(SubmitArguments.stored(request, sameKey, null));
    return Script.SUBMIT
        .<List<Object>>run(redis, keys, arguments.toArray(String[]::new))
        .map(reply -> result(job, reply));
  }

  private static SubmitResult result(NewJob job, List<Object> reply) {
    String word = (String) reply.get(0);
    return switch (word) {
      case "ACCEPTED" ->
          new Accepted(
              waiting(job, (String) reply.get(1), (String) reply.get(2)),
              (Long) reply.get(3),
              SubmitArguments.duration(reply.get(4)));
      case "REPLAYED", "JOINED", "CACHED" ->
          new Answered(new JobId((String) reply.get(1)), Reason.valueOf(word));
      default -> SubmitArguments.refusal(reply);
    };
  }

  private static Job waiting(NewJob job, String state, String createdMillis) {
    var schedule = job.request().schedule();
    return new Job(
        job.id(),
        job.tenant(),
        JobHash.word(JobState.class, state),
        schedule.priority(),
        job.request().capture().url(),
        0,
        0,
        0,
        Instant.ofEpochMilli(Long.parseLong(createdMillis)),
        schedule.notBefore(),
        schedule.deadline(),
        null,
        null,
        null,
        null,
        null,
        job.request().metadata());
  }

  @Override
  public Future<Optional<Job>> find(JobId id) {
    return JobHash.find(redis, keys, id);
  }

  @Override
  public Future<List<TimelineEntry>> findTimeline(JobId id) {
    Future<Optional<Job>> job = find(id);
    Future<@Nullable String> lines =
        redis.run(commands -> commands.hget(keys.job(id), JobHash.STORY));
    return Future.all(job, lines)
        .map(
            both -> {
              List<TimelineEntry> timeline = new ArrayList<>();
              job.result().map(TimelineEntry::first).ifPresent(timeline::add);
              Optional.ofNullable(lines.result()).stream()
                  .flatMap(String::lines)
                  .forEach(line -> timeline.add(entry(timeline.size(), line)));
              return timeline;
            });
  }

  /** Reads a line of a stored timeline. */
  static TimelineEntry entry(int id, String line) {
    String[] fields = line.split("\t", 6);
    return new TimelineEntry(
        id,
        Instant.ofEpochMilli(Long.parseLong(fields[0])),
        JobHash.word(Event.class, fields[1]),
        Integer.parseInt(fields[2]),
        orNull(fields[3]),
        orNull(fields[4]),
        orNull(fields[5]));
  }

  @Override
  public Future<Optional<Tombstone>> findTombstone(JobId id) {
    return redis
        .run(commands -> commands.get(keys.tombstone(id)))
        .map(
            text ->
                Optional.ofNullable(text)
                    .map(words -> words.split(" ", 3))
                    .map(
                        words ->
                            new Tombstone(
                                // Tombstones of earlier builds, which live for a day, name no
                                // tenant.
                                words.length < 3 ? Tenant.DEFAULT : new Tenant(words[2]),
                                JobHash.word(JobState.class, words[0]),
                                JobHash.word(Tombstone.Reason.class, words[1]))));
  }

  @Override
  public Future<CancelReply> cancel(JobId id) {
    return Script.CANCEL.<String>run(redis, keys, id.value()).map(CancelReply::valueOf);
  }

  @Override
  public Future<Boolean> delete(JobId id) {
    return Script.DELETE_JOB
        .<String>run(redis, keys, id.value(), SubmitArguments.millis(TOMBSTONE))
        .map(word -> word.equals("DELETED"));
  }

  @Override
  public Future<Void> checkWritable() {
    return redis
        .run(
            commands ->
                commands.set(keys.writable(), "", SetArgs.Builder.px(Duration.ofSeconds(10))))
        .mapEmpty();
  }

  private static @Nullable String orNull(String field) {
    return field.isEmpty() ? null : field;
  }
}
