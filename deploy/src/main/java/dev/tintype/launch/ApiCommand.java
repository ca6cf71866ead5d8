package dev.tintype.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tintype api}: takes requests; as many as the rate of requests needs. */
@Command(
    name = "api",
    description = "Run the API, over a Redis that is shared with workers.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ApiCommand implements Callable<Integer> {
  // Not ${DEFAULT-VALUE} in the text: that would print a password from the environment.
  @Option(
      names = "--redis",
      paramLabel = "URI",
      defaultValue = "redis://127.0.0.1:6379",
      description = "The Redis that holds everything. Default: redis://127.0.0.1:6379.")
  private String redis = "";

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
                  vertx, config, redis, queue.namespace(), maxWaiting, egress.policy(vertx));
          process.onStop("api", ApiProcess.STOP_LIMIT, running::stop);
        });
  }
}
