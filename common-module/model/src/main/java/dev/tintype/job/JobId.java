package dev.tintype.job;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a job: 26 characters of Crockford's base 32, 48 bits of time followed by 80 random
 * bits.
 *
 * <p>The API process makes it, before the job is stored: a submission that the Redis client sends
 * twice names the same job twice and is harmless. The time in front makes ids sort by age; the
 * random bits make them unguessable.
 */
public record JobId(String value) implements Comparable<JobId> {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final Pattern FORM = Pattern.compile("[0-9a-hjkmnp-tv-z]{26}");

  public JobId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "not a job id: 26 characters of 0-9 and a-z without i, l, o, u are");
    }
  }

  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  public static JobId next(Instant now, RandomGenerator random) {
    var id = new StringBuilder(26).append(time(now));
    // One call: a secure generator takes a lock and a round of its digest for each.
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    for (byte each : bits) {
      id.append(ALPHABET.charAt(each & 31));
    }
    return new JobId(id.toString());
  }

  /** What no id that was made at or after the moment is less than. */
  public static JobId firstOf(Instant moment) {
    return new JobId(time(moment) + "0".repeat(16));
  }

  private static String time(Instant moment) {
    var text = new StringBuilder(10);
    long time = moment.toEpochMilli();
    for (int shift = 45; shift >= 0; shift -= 5) {
      text.append(ALPHABET.charAt((int) (time >>> shift) & 31));
    }
    return text.toString();
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
