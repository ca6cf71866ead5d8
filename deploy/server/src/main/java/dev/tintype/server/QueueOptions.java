package dev.tintype.server;

import picocli.CommandLine.Option;

/** Flags of every process that uses the queue. */
final class QueueOptions {
  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "tintype",
      description =
          "Prefix of all keys in Redis; keeps several installations apart. Default: ${DEFAULT-VALUE}.")
  private String namespace = "";

  /** The queue in a shared Redis. */
  RedisConfig in(String redisUri) {
    return new RedisConfig(redisUri, namespace, false);
  }

  /** The queue in a Redis that this process runs. */
  RedisConfig inEmbedded(String redisUri) {
    return new RedisConfig(redisUri, namespace, true);
  }
}
