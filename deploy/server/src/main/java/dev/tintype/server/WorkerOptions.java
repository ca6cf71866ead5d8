package dev.tintype.server;

import dev.tintype.cli.command.DurationConverter;
import dev.tintype.job.RetryPolicy;
import dev.tintype.queue.Worker;
import dev.tintype.worker.WorkerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of processes that render. */
final class WorkerOptions {
  // Two may be lost before a lease of 15 s ends.
  private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

  // An image goes when its job does; by itself it only goes if nobody keeps house any more.
  private static final Duration IMAGE_SLACK = Duration.ofHours(24);

  @Option(
      names = "--browsers",
      paramLabel = "N",
      description = "How many pages are rendered at once, 1 to 64. Default: one for each core.")
  private int browsers = Math.min(64, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description =
          "How long captures may go on after the order to stop; the rest goes back to the queue. Default: ${DEFAULT-VALUE}.")
  private Duration grace = Duration.ZERO;

  @Option(
      names = "--browser",
      paramLabel = "PATH",
      description =
          "The browser to run. Default: chromium-headless-shell, chromium or google-chrome on the PATH.")
  private @Nullable Path browser;

  @Option(
      names = "--worker-name",
      paramLabel = "NAME",
      description = "Name of this worker in timelines and logs. Default: host name and process id.")
  private @Nullable String name;

  @Option(
      names = "--captures-per-host",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "How many pages of one host are rendered at once, by all workers. Default: ${DEFAULT-VALUE}.")
  private int capturesPerHost;

  @Nullable Path browser() {
    return browser;
  }

  int capturesPerHost() {
    if (capturesPerHost < 1) {
      throw new StartException(
          "--captures-per-host is " + capturesPerHost + "; allowed is 1 or more");
    }
    return capturesPerHost;
  }

  WorkerConfig config(Duration retention) {
    try {
      return new WorkerConfig(
          new Worker(name == null ? defaultName() : name, browsers),
          grace,
          RENEW_EVERY,
          retention.plus(IMAGE_SLACK),
          RetryPolicy.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw new StartException("--" + e.getMessage(), e);
    }
  }

  private static String defaultName() {
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + ProcessHandle.current().pid();
    } catch (UnknownHostException e) {
      return "worker-" + ProcessHandle.current().pid();
    }
  }
}
