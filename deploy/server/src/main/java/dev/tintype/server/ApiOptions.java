package dev.tintype.server;

import dev.tintype.api.ApiConfig;
import dev.tintype.cli.command.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Flags of processes that serve the API. */
final class ApiOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on; 0.0.0.0 for all. Default: ${DEFAULT-VALUE}.")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port to listen on; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--max-wait",
      paramLabel = "DURATION",
      defaultValue = "25s",
      converter = DurationConverter.class,
      description =
          "Longest time that a request is held, 1s to 60s. Every proxy in front needs a longer read timeout. Default: ${DEFAULT-VALUE}.")
  private Duration maxWait = Duration.ZERO;

  ApiProcessConfig config(TenantOptions tenants, EgressConfig egress) {
    try {
      var http = new ApiConfig(host, port, maxWait, tenants.tenants());
      return new ApiProcessConfig(http, tenants.maxWaiting(), egress);
    } catch (IllegalArgumentException e) {
      throw new StartException("--" + e.getMessage(), e);
    }
  }
}
