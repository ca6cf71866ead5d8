package dev.tintype.api;

import dev.tintype.api.access.Tenants;
import java.time.Duration;

/**
 * What an API process needs to know.
 *
 * @param host address to listen on
 * @param port 0 picks a free one
 * @param maxWait the longest that any answer is held back, 1 to 60 s; every proxy in front must
 *     wait longer
 * @param tenants who there is
 */
public record ApiConfig(String host, int port, Duration maxWait, Tenants tenants) {
  public ApiConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + "; allowed is 0 to 65535");
    }
    if (maxWait.compareTo(Duration.ofSeconds(1)) < 0
        || maxWait.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new IllegalArgumentException("max-wait is " + maxWait + "; allowed is 1 s to 60 s");
    }
  }
}
