package dev.tintype.job;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** The name of a batch; made, and of a form, as that of a job. */
public record BatchId(String value) {
  public BatchId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "not a batch id: 26 characters of 0-9 and a-z without i, l, o, u are");
    }
  }

  public static boolean isValid(String value) {
    return JobId.isValid(value);
  }

  public static BatchId next(Instant now, RandomGenerator random) {
    return new BatchId(JobId.next(now, random).value());
  }

  @Override
  public String toString() {
    return value;
  }
}
