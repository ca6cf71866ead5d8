package dev.tintype.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tintype api}: takes requests; as many as the rate of requests needs. */
@Command(
    name = "api",
    description = "Run the API, over a Redis that is shared with workers.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ApiCommand implements Callable<Integer> {
  @Mixin private final RedisOptions redis = new RedisOptions();
  @Mixin private final ApiOptions api = new ApiOptions();
  @Mixin private final TenantOptions tenants = new TenantOptions();
  @Mixin private final QueueOptions queue = new QueueOptions();
  @Mixin private final EgressOptions egress = new EgressOptions();
  @Mixin private final LogOptions logs = new LogOptions();

  @Override
  public Integer call() throws Exception {
    logs.apply();
    var config = api.config(tenants.tenants());
    int maxWaiting = tenants.maxWaiting();
    return UntilStopped.run(
        (vertx, process) -> {
          var running =
              ApiProcess.start(
                  vertx, config, redis.uri(), queue.namespace(), maxWaiting, egress.policy(vertx));
          process.onStop("api", ApiProcess.STOP_LIMIT, running::stop);
        });
  }
}
