package dev.tintype.bench.soak;

import dev.tintype.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One capture that a client wants.
 *
 * @param number from 0; the key under which it is submitted is made of it
 * @param attempts how often it may be tried
 * @param millis what the page's kind needs: a delay, a time to start, a queue timeout; else 0
 * @param cancelAfter when its client changes its mind; null for never
 * @param again whether the client sends it once more after the answer
 */
record SoakOrder(
    int number,
    String tenant,
    Page page,
    String priority,
    int attempts,
    long millis,
    @Nullable Duration cancelAfter,
    boolean again) {

  /** What is photographed, and so how it must end. */
  enum Page {
    SMALL,
    /** Rests before the picture. */
    RESTING,
    /** Nobody listens at its address. */
    UNREACHABLE,
    /** Not before a time. */
    LATER,
    /** Of no use after a while in the queue. */
    IMPATIENT
  }

  /** All orders of a soak. */
  static List<SoakOrder> all(SoakSettings settings) {
    SplittableRandom choices = settings.choices("orders");
    return IntStream.range(0, settings.jobs())
        .mapToObj(number -> random(number, settings.tenants(), choices))
        .toList();
  }

  private static SoakOrder random(int number, int tenants, SplittableRandom choices) {
    Page page = page(choices.nextInt(100));
    long millis =
        switch (page) {
          case SMALL, UNREACHABLE -> 0;
          case RESTING -> choices.nextLong(500, 2_001);
          case LATER -> choices.nextLong(3_000, 8_001);
          case IMPATIENT -> choices.nextLong(1_000, 5_001);
        };
    return new SoakOrder(
        number,
        "tenant-" + choices.nextInt(tenants),
        page,
        List.of("normal", "normal", "normal", "normal", "high", "low").get(choices.nextInt(6)),
        page == Page.UNREACHABLE ? choices.nextInt(1, 3) : 3,
        millis,
        choices.nextInt(50) == 0 ? Duration.ofMillis(choices.nextLong(3_000)) : null,
        choices.nextInt(20) == 0);
  }

  private static Page page(int percent) {
    if (percent < 80) {
      return Page.SMALL;
    } else if (percent < 92) {
      return Page.RESTING;
    } else if (percent < 95) {
      return Page.UNREACHABLE;
    }
    return percent < 98 ? Page.LATER : Page.IMPATIENT;
  }

  String key() {
    return "soak-" + number;
  }

  /**
   * The body of the submission.
   *
   * @param closedPort of loopback, where nobody listens
   */
  String body(Instant now, int closedPort) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (page == Page.UNREACHABLE) {
      body.put("url", "http://127.0.0.1:" + closedPort + "/" + number);
    } else {
      body.put("html", "<!doctype html><title>%1$d</title><h1>%1$d</h1>".formatted(number));
    }
    body.put("viewport", Map.of("width", 320, "height", 200));
    body.put("priority", priority);
    Map<String, Object> limits = new LinkedHashMap<>(Map.of("maxAttempts", attempts));
    switch (page) {
      case RESTING -> body.put("wait", Map.of("delay", millis + "ms"));
      case LATER -> body.put("notBefore", now.plusMillis(millis).toString());
      case IMPATIENT -> limits.put("queueTimeout", millis + "ms");
      case SMALL, UNREACHABLE -> {}
    }
    body.put("limits", limits);
    return Json.write(body);
  }
}
