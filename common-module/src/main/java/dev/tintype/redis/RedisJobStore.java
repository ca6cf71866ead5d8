package dev.tintype.redis;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.json.Json;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import io.lettuce.core.Range;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The API's side of the queue in Redis. */
public final class RedisJobStore implements JobStore {
  private final RedisConnections redis;
  private final Keys keys;

  public RedisJobStore(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  @Override
  public Future<SubmitResult> submit(NewJob job) {
    String url = job.spec().url();
    return Script.SUBMIT
        .<List<Object>>run(
            redis,
            new String[] {
              keys.job(job.id()),
              keys.queue(job.tenant()),
              keys.ring(),
              keys.rank(),
              keys.timeline(job.id())
            },
            job.id().value(),
            job.tenant().name(),
            url == null ? "" : url,
            Json.write(job.spec()),
            keys.queuedChannel())
        .map(
            reply -> {
              Instant created = Instant.ofEpochMilli(Long.parseLong((String) reply.get(1)));
              return new SubmitResult.Accepted(
                  Job.queued(job.id(), job.tenant(), url, created), (Long) reply.get(2));
            });
  }

  @Override
  public Future<Optional<Job>> find(JobId id) {
    return redis
        .run(commands -> commands.hmget(keys.job(id), JobHash.FIELDS))
        .map(reply -> JobHash.read(id, reply));
  }

  @Override
  public Future<List<TimelineEntry>> timeline(JobId id) {
    return redis
        .run(commands -> commands.xrange(keys.timeline(id), Range.unbounded()))
        .map(messages -> messages.stream().map(RedisJobStore::entry).toList());
  }

  @Override
  public Future<Void> checkWritable() {
    return redis
        .run(
            commands ->
                commands.set(keys.writable(), "", SetArgs.Builder.px(Duration.ofSeconds(10))))
        .mapEmpty();
  }

  private static TimelineEntry entry(StreamMessage<String, String> message) {
    var fields = message.getBody();
    String millis = message.getId().substring(0, message.getId().indexOf('-'));
    return new TimelineEntry(
        message.getId(),
        Instant.ofEpochMilli(Long.parseLong(millis)),
        Event.valueOf(fields.getOrDefault("event", "").toUpperCase(Locale.ROOT)),
        Integer.parseInt(fields.getOrDefault("attempt", "0")),
        fields.get("worker"),
        fields.get("detail"));
  }
}
