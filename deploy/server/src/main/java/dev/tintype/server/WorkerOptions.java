package dev.tintype.server;

import dev.tintype.cli.command.DurationConverter;
import dev.tintype.job.RetryPolicy;
import dev.tintype.queue.Worker;
import dev.tintype.worker.WorkerConfig;
import dev.tintype.worker.webhook.WebhookConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of processes that run browsers. */
final class WorkerOptions {
  // A lease lasts 15 s, so that two renewals may be lost.
  private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

  // Images are deleted with their jobs. This is the limit for images whose job record was lost.
  private static final Duration IMAGE_SLACK = Duration.ofHours(24);

  @Option(
      names = "--browsers",
      paramLabel = "N",
      description =
          "Number of browsers, each of which renders one page at a time, 1 to 64. Default: one per core.")
  private int browsers = Math.min(64, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description =
          "Time that running captures get to finish when the process stops; unfinished ones return to the queue. Default: ${DEFAULT-VALUE}.")
  private Duration grace = Duration.ZERO;

  @Option(
      names = "--browser",
      paramLabel = "PATH",
      description =
          "Path of the browser to run. Default: chromium-headless-shell, chromium or google-chrome on the PATH.")
  private @Nullable Path browser;

  @Option(
      names = "--worker-name",
      paramLabel = "NAME",
      description = "Name of this worker in timelines and logs. Default: host name and process ID.")
  private @Nullable String name;

  @Option(
      names = "--captures-per-host",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Maximum number of pages of one host that all workers together render at once. Default: ${DEFAULT-VALUE}.")
  private int capturesPerHost;

  @Nullable Path browser() {
    return browser;
  }

  WorkerProcessConfig config(
      WebhookConfig webhooks, RetentionConfig retention, EgressConfig egress) {
    return new WorkerProcessConfig(
        worker(retention.age()), webhooks, retention, capturesPerHost, browser, egress);
  }

  private WorkerConfig worker(Duration retention) {
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
