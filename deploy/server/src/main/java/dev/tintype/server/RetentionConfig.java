package dev.tintype.server;

import dev.tintype.queue.Retention;
import dev.tintype.redis.connection.RedisFacts;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long finished jobs and their images are kept. The limits in bytes may depend on the memory of
 * Redis.
 *
 * @param age since a job finished
 * @param jobs finished jobs of all tenants
 * @param bytes of images of all tenants; null for half of the memory limit of Redis
 * @param tenantJobs finished jobs of one tenant
 * @param tenantBytes of images of one tenant; null for the limit of all tenants
 */
record RetentionConfig(
    Duration age, long jobs, @Nullable Long bytes, long tenantJobs, @Nullable Long tenantBytes) {
  // For a Redis without a memory limit: some thousand images, which a laptop has to spare.
  private static final long DEFAULT_BYTES = 1L << 30;

  RetentionConfig {
    limits(age, jobs, bytes, tenantJobs, tenantBytes, DEFAULT_BYTES);
  }

  /** The limits on a Redis of this size. */
  Retention on(RedisFacts redis) {
    long half = redis.maxMemoryBytes() == 0 ? DEFAULT_BYTES : redis.maxMemoryBytes() / 2;
    return limits(age, jobs, bytes, tenantJobs, tenantBytes, half);
  }

  private static Retention limits(
      Duration age,
      long jobs,
      @Nullable Long bytes,
      long tenantJobs,
      @Nullable Long tenantBytes,
      long defaultBytes) {
    long all = Objects.requireNonNullElse(bytes, defaultBytes);
    try {
      return new Retention(
          age, jobs, all, tenantJobs, Objects.requireNonNullElse(tenantBytes, all));
    } catch (IllegalArgumentException e) {
      throw new StartException("--retention: " + e.getMessage(), e);
    }
  }
}
