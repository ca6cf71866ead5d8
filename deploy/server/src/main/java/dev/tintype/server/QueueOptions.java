package dev.tintype.server;

import picocli.CommandLine.Option;

/** Flags of every process that uses the queue. */
final class QueueOptions {
  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "tintype",
      description = "Keeps several installations apart in one Redis. Default: ${DEFAULT-VALUE}.")
  private String namespace = "";

  String namespace() {
    return namespace;
  }
}
