package dev.tintype.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are asked for, and how many at a time.
 *
 * @param state as the server spells it, such as {@code failed}; null for any
 * @param host that is captured, such as {@code example.com}; null for any
 * @param since when they were submitted at the earliest; null for any time
 * @param until when they were submitted, before this; null for any time
 * @param page how many an answer of the server has, 1 to 200; it changes nothing but their number
 */
public record JobQuery(
    @Nullable String state,
    @Nullable String host,
    @Nullable Instant since,
    @Nullable Instant until,
    int page) {
  private static final int LONGEST_PAGE = 200;

  /** Every job that is kept. */
  public static final JobQuery ALL = new JobQuery(null, null, null, null, LONGEST_PAGE);

  /**
   * @throws IllegalArgumentException if the page is too short or too long
   */
  public JobQuery {
    if (page < 1 || page > LONGEST_PAGE) {
      throw new IllegalArgumentException(
          "page is " + page + "; allowed is 1 to " + LONGEST_PAGE + " jobs");
    }
  }

  public JobQuery withState(@Nullable String state) {
    return new JobQuery(state, host, since, until, page);
  }

  public JobQuery withHost(@Nullable String host) {
    return new JobQuery(state, host, since, until, page);
  }

  public JobQuery withSince(@Nullable Instant since) {
    return new JobQuery(state, host, since, until, page);
  }

  public JobQuery withUntil(@Nullable Instant until) {
    return new JobQuery(state, host, since, until, page);
  }

  /**
   * With answers no longer than is of use.
   *
   * @param jobs how many are wanted at most; 1 or more
   */
  public JobQuery withPageFor(long jobs) {
    return new JobQuery(state, host, since, until, (int) Math.min(jobs, LONGEST_PAGE));
  }

  /** Where the server answers it, from the root of the API. */
  public String path() {
    return "/v1/jobs?limit="
        + page
        + parameter("state", state)
        + parameter("host", host)
        + parameter("since", since)
        + parameter("until", until);
  }

  /** The page behind the one that gave the cursor. */
  String pathAfter(String cursor) {
    return path() + parameter("cursor", cursor);
  }

  private static String parameter(String name, @Nullable Object value) {
    return value == null
        ? ""
        : "&" + name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }
}
