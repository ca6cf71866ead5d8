package dev.tintype.redis;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.CancelReply;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.SubmitResult.Answered;
import dev.tintype.queue.SubmitResult.Full;
import dev.tintype.queue.SubmitResult.KeyReused;
import dev.tintype.queue.SubmitResult.Reason;
import dev.tintype.queue.SubmitResult.Throttled;
import dev.tintype.queue.Tombstone;
import io.lettuce.core.SetArgs;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API's side of the queue in Redis. */
public final class RedisJobStore implements JobStore {
  // As long as a client may still be repeating a request whose answer it missed.
  private static final Duration IDEMPOTENCY = Duration.ofHours(24);

  private static final Duration MOST_AHEAD = Duration.ofDays(36_500);

  /** How long it is known that there was a job that was forgotten. */
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
    var request = job.request();
    var plan = job.plan();
    var schedule = request.schedule();
    long spacingMicros = plan.rate() == 0 ? 0 : Math.round(1_000_000 / plan.rate());
    // Beyond a century it is no limit, and beyond the range of a double no number.
    long aheadMicros =
        (long) Math.min((double) spacingMicros * (plan.burst() - 1), MOST_AHEAD.toMillis() * 1e3);
    String idempotencyKey = job.idempotencyKey();
    Duration maxAge = request.cacheMaxAge();
    String sameKey = maxAge == null ? null : CaptureKey.ofImage(request.capture());
    List<String> arguments =
        new ArrayList<>(
            Arrays.asList(
                job.id().value(),
                job.tenant().name(),
                Integer.toString(plan.weight()),
                Integer.toString(plan.maxRunning()),
                Integer.toString(plan.maxWaiting()),
                Integer.toString(maxWaiting),
                Long.toString(spacingMicros),
                Long.toString(aheadMicros),
                idempotencyKey == null ? "" : CaptureKey.ofText(idempotencyKey),
                idempotencyKey == null ? "" : CaptureKey.ofRequest(request),
                millis(IDEMPOTENCY),
                sameKey == null ? "" : sameKey,
                maxAge == null ? "" : millis(maxAge),
                Long.toString(schedule.priority().handicap().toMillis() * 1_000),
                millis(schedule.notBefore()),
                schedule.queueTimeout() == null ? "" : millis(schedule.queueTimeout()),
                millis(schedule.deadline())));
    arguments.addAll(JobHash.write(job, host(request.capture().url()), sameKey));
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
              duration(reply.get(4)));
      case "REPLAYED", "JOINED", "CACHED" ->
          new Answered(new JobId((String) reply.get(1)), Reason.valueOf(word));
      case "KEY_REUSED" -> new KeyReused(new JobId((String) reply.get(1)));
      case "FULL" ->
          new Full(reply.get(1).equals("tenant"), (Long) reply.get(2), duration(reply.get(3)));
      case "THROTTLED" -> new Throttled(Duration.ofMillis((Long) reply.get(1)));
      default -> throw new IllegalStateException("submit.lua does not answer " + word);
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
    return redis
        .run(commands -> commands.hmget(keys.job(id), JobHash.FIELDS))
        .map(reply -> JobHash.read(id, reply));
  }

  @Override
  public Future<List<TimelineEntry>> timeline(JobId id) {
    Future<Optional<Job>> job = find(id);
    Future<@Nullable String> lines =
        redis.run(commands -> commands.hget(keys.job(id), JobHash.STORY));
    return Future.all(job, lines)
        .map(
            both -> {
              List<TimelineEntry> story = new ArrayList<>();
              job.result().map(TimelineEntry::first).ifPresent(story::add);
              Optional.ofNullable(lines.result()).stream()
                  .flatMap(String::lines)
                  .forEach(line -> story.add(entry(story.size(), line)));
              return story;
            });
  }

  /** Reads a line of a story. */
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
  public Future<Optional<Tombstone>> tombstone(JobId id) {
    return redis
        .run(commands -> commands.get(keys.tombstone(id)))
        .map(
            text ->
                Optional.ofNullable(text)
                    .map(words -> words.split(" ", 2))
                    .map(
                        words ->
                            new Tombstone(
                                JobHash.word(JobState.class, words[0]),
                                JobHash.word(Tombstone.Why.class, words[1]))));
  }

  @Override
  public Future<CancelReply> cancel(JobId id) {
    return Script.CANCEL.<String>run(redis, keys, id.value()).map(CancelReply::valueOf);
  }

  @Override
  public Future<Boolean> forget(JobId id) {
    return Script.FORGET
        .<String>run(redis, keys, id.value(), millis(TOMBSTONE))
        .map(word -> word.equals("FORGOTTEN"));
  }

  @Override
  public Future<Void> checkWritable() {
    return redis
        .run(
            commands ->
                commands.set(keys.writable(), "", SetArgs.Builder.px(Duration.ofSeconds(10))))
        .mapEmpty();
  }

  /** What captures of one host are counted by. */
  private static @Nullable String host(@Nullable String url) {
    String host = url == null ? null : URI.create(url).getHost();
    return host == null ? null : host.toLowerCase(Locale.ROOT);
  }

  private static Optional<Duration> duration(Object millis) {
    return (Long) millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis((Long) millis));
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }

  private static String millis(@Nullable Instant time) {
    return time == null ? "" : Long.toString(time.toEpochMilli());
  }

  private static @Nullable String orNull(String field) {
    return field.isEmpty() ? null : field;
  }
}
