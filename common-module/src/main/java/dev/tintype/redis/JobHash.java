package dev.tintype.redis;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.json.Json;
import io.lettuce.core.KeyValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a job lies in its Redis hash. The spec is not read here: it may hold a page of megabytes. */
final class JobHash {
  /** Fields that make up a {@link Job}. */
  static final String[] FIELDS = {
    "state",
    "tenant",
    "url",
    "attempt",
    "crashes",
    "createdMillis",
    "startedMillis",
    "finishedMillis",
    "worker",
    "result",
    "failure"
  };

  private JobHash() {}

  /** Reads the reply of {@code HMGET} for {@link #FIELDS}; empty if there is no such hash. */
  static Optional<Job> read(JobId id, List<KeyValue<String, String>> reply) {
    Map<String, String> hash = new HashMap<>();
    reply.forEach(field -> field.ifHasValue(value -> hash.put(field.getKey(), value)));
    if (hash.isEmpty()) {
      return Optional.empty();
    }
    String url = hash.getOrDefault("url", "");
    String result = hash.get("result");
    String failure = hash.get("failure");
    return Optional.of(
        new Job(
            id,
            new Tenant(required(hash, "tenant")),
            JobState.valueOf(required(hash, "state").toUpperCase(Locale.ROOT)),
            url.isEmpty() ? null : url,
            Integer.parseInt(required(hash, "attempt")),
            Integer.parseInt(required(hash, "crashes")),
            Instant.ofEpochMilli(Long.parseLong(required(hash, "createdMillis"))),
            time(hash.get("startedMillis")),
            time(hash.get("finishedMillis")),
            hash.get("worker"),
            result == null ? null : Json.read(result, CaptureResult.class),
            failure == null ? null : Json.read(failure, Failure.class)));
  }

  private static String required(Map<String, String> hash, String field) {
    String value = hash.get(field);
    if (value == null) {
      throw new IllegalStateException("a job hash lacks " + field);
    }
    return value;
  }

  private static @Nullable Instant time(@Nullable String millis) {
    return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
