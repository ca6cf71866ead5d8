package dev.tintype.server;

import picocli.CommandLine.Option;

/** The flag of every process that shares its Redis with others. */
final class RedisOptions {
  /** The forms that {@code --redis} accepts, in every command. */
  static final String FORMS =
      "redis://host:6379, redis-sentinel://host,host#master or redis-cluster://host,host;"
          + " a password goes before the hosts as :password@, and rediss:// uses TLS.";

  // Not ${DEFAULT-VALUE} in the text: that would print a password from the environment.
  @Option(
      names = "--redis",
      paramLabel = "URI",
      defaultValue = "redis://127.0.0.1:6379",
      description =
          "Redis that holds jobs and images: " + FORMS + " Default: redis://127.0.0.1:6379.")
  private String uri = "";

  String uri() {
    return uri;
  }
}
