package dev.tintype.worker.browser;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How browsers are started, recycled and limited.
 *
 * @param executable the browser; null to look for one, see {@link BrowserExecutable}
 * @param proxyPort port on 127.0.0.1 of the proxy that every request of a page goes through,
 *     loopback addresses included; null for direct connections
 * @param capturesPerBrowser tasks after which the browser is replaced, 1 or more
 * @param maxAge age from which the browser is replaced after its current task
 * @param launchTimeout for the driver, the browser and its first rendering together
 * @param closeTimeout for closing a page, and for making the next one ready
 * @param grace how long a task may overrun its deadline before the browser is killed, so that the
 *     task can end by itself with a more precise failure
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
        // Chromium's processes grow with the sites that they have loaded. A start takes about a
        // second, which one in 200 captures hardly notices.
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
