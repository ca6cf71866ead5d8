package dev.tintype.redis.stored;

import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.Priority;
import dev.tintype.capture.StoredCapture;
import dev.tintype.egress.HostName;
import dev.tintype.job.BatchId;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.json.Json;
import dev.tintype.redis.connection.RedisConnections;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a job lies in its Redis hash. What is usual is left out, because a million waiting jobs are
 * paid for by the byte. The spec is not read here: it may hold a page of megabytes.
 */
public final class JobHash {
  /** Fields that make up a {@link Job}. */
  private static final String[] FIELDS = {
    "state",
    "tenant",
    "priority",
    "url",
    "attempt",
    "failures",
    "crashes",
    "createdMillis",
    "notBeforeMillis",
    "deadlineMillis",
    "startedMillis",
    "finishedMillis",
    "worker",
    "result",
    "failure",
    "expiredBy",
    "metadata"
  };

  /** The field that has the timeline but for its first entry. */
  public static final String STORY = "story";

  private JobHash() {}

  /** Fields of a new job beside those that the submit step itself sets, in pairs. */
  public static List<String> write(
      CaptureRequest request, @Nullable String sameKey, @Nullable BatchId batch) {
    var schedule = request.schedule();
    List<String> fields = new ArrayList<>();
    put(fields, "spec", StoredCapture.write(request.capture()));
    put(fields, "url", request.capture().url());
    put(fields, "host", host(request.capture().url()));
    put(fields, "same", sameKey);
    put(
        fields,
        "priority",
        schedule.priority() == Priority.NORMAL ? null : schedule.priority().toString());
    put(fields, "notBeforeMillis", millis(schedule.notBefore()));
    put(fields, "deadlineMillis", millis(schedule.deadline()));
    put(fields, "webhook", request.webhook() == null ? null : StoredWebhook.of(request.webhook()));
    put(fields, "metadata", request.metadata());
    put(fields, "batch", batch == null ? null : batch.value());
    return fields;
  }

  /** The job as it is stored now; empty if it does not exist. */
  public static Future<Optional<Job>> find(RedisConnections redis, Keys keys, JobId id) {
    return redis
        .run(commands -> commands.hmget(keys.job(id), FIELDS))
        .map(
            reply -> {
              Map<String, String> hash = new HashMap<>();
              reply.forEach(field -> field.ifHasValue(value -> hash.put(field.getKey(), value)));
              return hash.isEmpty() ? Optional.empty() : Optional.of(read(id, hash));
            });
  }

  /** Reads the fields of a hash, of which others are ignored. */
  public static Job read(JobId id, Map<String, String> hash) {
    String result = hash.get("result");
    return new Job(
        id,
        new Tenant(required(hash, "tenant")),
        word(JobState.class, required(hash, "state")),
        word(Priority.class, hash.getOrDefault("priority", Priority.NORMAL.toString())),
        hash.get("url"),
        count(hash, "attempt"),
        count(hash, "failures"),
        count(hash, "crashes"),
        Instant.ofEpochMilli(Long.parseLong(required(hash, "createdMillis"))),
        time(hash.get("notBeforeMillis")),
        time(hash.get("deadlineMillis")),
        time(hash.get("startedMillis")),
        time(hash.get("finishedMillis")),
        hash.get("worker"),
        result == null ? null : StoredResult.read(result),
        failure(hash),
        hash.get("metadata"));
  }

  public static <E extends Enum<E>> E word(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  private static @Nullable Failure failure(Map<String, String> hash) {
    String failure = hash.get("failure");
    if (failure != null) {
      return Json.read(failure, Failure.class);
    }
    String expiredBy = hash.get("expiredBy");
    if (expiredBy == null) {
      return null;
    }
    FailureCode code = word(FailureCode.class, expiredBy);
    return new Failure(
        code,
        code == FailureCode.QUEUE_TIMEOUT
            ? "no browser was free within the queue timeout; it was not rendered"
            : "the deadline passed before a browser was free; it was not rendered");
  }

  /** What captures of one host are counted by. */
  private static @Nullable String host(@Nullable String url) {
    return url == null ? null : HostName.of(URI.create(url)).orElse(null);
  }

  public static void put(List<String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.add(name);
      fields.add(value);
    }
  }

  public static String required(Map<String, String> hash, String field) {
    String value = hash.get(field);
    if (value == null) {
      throw new IllegalStateException("a job hash lacks " + field);
    }
    return value;
  }

  public static int count(Map<String, String> hash, String field) {
    return Integer.parseInt(hash.getOrDefault(field, "0"));
  }

  public static @Nullable Instant time(@Nullable String millis) {
    return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
  }

  private static @Nullable String millis(@Nullable Instant time) {
    return time == null ? null : Long.toString(time.toEpochMilli());
  }
}
