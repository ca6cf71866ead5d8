package dev.tintype.api;

import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
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
    return JsonAnswer.send(ctx.request(), "application/json", Map.of("status", "live"));
  }

  /** {@code GET /health/ready}: the queue takes writes. */
  Future<Void> ready(RoutingContext ctx) {
    return store
        .checkWritable()
        .compose(
            writable ->
                JsonAnswer.send(ctx.request(), "application/json", Map.of("status", "ready")));
  }
}
