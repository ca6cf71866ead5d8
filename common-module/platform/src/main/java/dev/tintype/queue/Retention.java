package dev.tintype.queue;

import java.time.Duration;

/**
 * How much of the past is kept: finished jobs and their images go when the first of these limits is
 * reached, oldest first.
 *
 * @param age since the job finished
 * @param count finished jobs
 * @param bytes of images
 * @param tenantCount finished jobs of one tenant
 * @param tenantBytes of images of one tenant
 */
public record Retention(Duration age, long count, long bytes, long tenantCount, long tenantBytes) {
  public Retention {
    if (age.toMillis() < 1) {
      throw new IllegalArgumentException("age is " + age + "; allowed is 1 ms or more");
    }
    if (count < 0 || bytes < 0 || tenantCount < 0 || tenantBytes < 0) {
      throw new IllegalArgumentException(
          "count is %d, bytes %d, of one tenant %d and %d; allowed is 0 or more"
              .formatted(count, bytes, tenantCount, tenantBytes));
    }
  }

  /** Limited by age alone. */
  public static Retention ofAge(Duration age) {
    return new Retention(age, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }
}
