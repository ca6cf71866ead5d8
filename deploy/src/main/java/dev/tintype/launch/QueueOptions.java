package dev.tintype.launch;

import dev.tintype.cli.DurationConverter;
import dev.tintype.redis.QueueTimes;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Flags of every process that uses the queue. */
final class QueueOptions {
  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "tintype",
      description = "Keeps several installations apart in one Redis. Default: ${DEFAULT-VALUE}.")
  private String namespace = "";

  @Option(
      names = "--retention",
      paramLabel = "DURATION",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "How long finished jobs and their images are kept. Default: ${DEFAULT-VALUE}.")
  private Duration retention = Duration.ZERO;

  String namespace() {
    return namespace;
  }

  QueueTimes times() {
    return new QueueTimes(QueueTimes.DEFAULT.lease(), retention);
  }
}
