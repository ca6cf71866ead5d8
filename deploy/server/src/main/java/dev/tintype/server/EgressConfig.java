package dev.tintype.server;

import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.egress.JdkHostResolver;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Which addresses pages and webhooks may reach.
 *
 * @param allow hosts, addresses and networks that are allowed in addition to the mode
 */
record EgressConfig(EgressMode mode, List<String> allow) {
  EgressConfig {
    allow = List.copyOf(allow);
  }

  EgressPolicy policy(Vertx vertx) {
    return new EgressPolicy(
        mode, allow.stream().map(AllowEntry::parse).toList(), new JdkHostResolver(vertx));
  }
}
