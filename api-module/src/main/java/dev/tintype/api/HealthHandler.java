package dev.tintype.api;

import dev.tintype.json.Json;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What a supervisor asks. No probe opens a browser. */
final class HealthHandler {
  private final JobStore store;

  HealthHandler(JobStore store) {
    this.store = store;
  }

  /** {@code GET /health/live}: the event loop turns. */
  Future<Void> live(RoutingContext ctx) {
    return send(ctx, Map.of("status", "live"));
  }

  /** {@code GET /health/ready}: the queue takes writes. */
  Future<Void> ready(RoutingContext ctx) {
    return store.checkWritable().compose(writable -> send(ctx, Map.of("status", "ready")));
  }

  private static Future<Void> send(RoutingContext ctx, Map<String, String> body) {
    return ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Json.write(body));
  }
}
