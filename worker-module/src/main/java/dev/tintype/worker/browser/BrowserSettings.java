package dev.tintype.worker.browser;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How browsers are started, how long they live and how long they may take.
 *
 * @param executable the browser; null to look for one, see {@link BrowserExecutable}
 * @param proxyPort port on 127.0.0.1 of the proxy that every request of a page goes through,
 *     loopback addresses included; null for a browser that dials by itself
 * @param capturesPerBrowser tasks after which the browser is replaced, 1 or more
 * @param maxAge age at which the browser is replaced, once its task is over
 * @param launchTimeout for the driver, the browser and its first rendering together
 * @param closeTimeout for closing a page, and for making the next one ready
 * @param grace what a task may overrun its deadline by before the browser is killed: time for the
 *     task to notice by itself and say something more precise
 */
public record BrowserSettings(
    @Nullable Path executable,
    @Nullable Integer proxyPort,
    int capturesPerBrowser,
    Duration maxAge,
    Duration launchTimeout,
    Duration closeTimeout,
    Duration grace) {

  public BrowserSettings {
    if (capturesPerBrowser < 1) {
      throw new IllegalArgumentException(
          "capturesPerBrowser is " + capturesPerBrowser + "; allowed is 1 or more");
    }
    positive("maxAge", maxAge);
    positive("launchTimeout", launchTimeout);
    positive("closeTimeout", closeTimeout);
    positive("grace", grace);
  }

  /** A browser found on this machine, without a proxy. */
  public static BrowserSettings defaults() {
    return new BrowserSettings(
        null,
        null,
        // Chromium's own processes grow with the sites that they have seen; a start costs about a
        // second, so one in 200 captures is not felt.
        200,
        Duration.ofHours(1),
        // A cold start on a busy small machine takes several seconds; a minute is a hang.
        Duration.ofSeconds(60),
        // Usually 20 ms; a renderer that must be killed for it takes a second or two.
        Duration.ofSeconds(5),
        Duration.ofSeconds(2));
  }

  public BrowserSettings withExecutable(@Nullable Path path) {
    return new BrowserSettings(
        path, proxyPort, capturesPerBrowser, maxAge, launchTimeout, closeTimeout, grace);
  }

  public BrowserSettings withProxyPort(@Nullable Integer port) {
    return new BrowserSettings(
        executable, port, capturesPerBrowser, maxAge, launchTimeout, closeTimeout, grace);
  }

  public BrowserSettings withRecycling(int captures, Duration age) {
    return new BrowserSettings(
        executable, proxyPort, captures, age, launchTimeout, closeTimeout, grace);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is " + value + "; allowed is more than zero");
    }
  }
}
