package dev.tintype.api.health;

import dev.tintype.api.http.JsonAnswer;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What a supervisor asks. No probe opens a browser. */
public final class HealthHandler {
  private final JobStore store;

  public HealthHandler(JobStore store) {
    this.store = store;
  }

  /** {@code GET /health/live}: the event loop turns. */
  public Future<Void> live(RoutingContext ctx) {
    return JsonAnswer.send(ctx.request(), "application/json", Map.of("status", "live"));
  }

  /** {@code GET /health/ready}: the queue takes writes. */
  public Future<Void> ready(RoutingContext ctx) {
    return store
        .checkWritable()
        .compose(
            writable ->
                JsonAnswer.send(ctx.request(), "application/json", Map.of("status", "ready")));
  }
}
