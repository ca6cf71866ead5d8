package dev.tintype.api.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Redirects a client to the address where it waits, so that no exchange lasts longer than one wait.
 */
public final class WaitRedirect {
  private WaitRedirect() {}

  public static Future<Void> send(HttpServerResponse response, String address, Duration wait) {
    return response
        .setStatusCode(303)
        .putHeader(HttpHeaders.LOCATION, address + "?wait=" + wait.toSeconds())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }
}
