package dev.tintype.server;

import dev.tintype.cli.command.ProductVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tintype api}: an API process, scaled by the request rate. */
@Command(
    name = "api",
    description = "Run the API. It shares a Redis with the workers.",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
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
    RedisConfig redis = queue.in(this.redis.uri());
    ApiProcessConfig config = api.config(tenants, egress.config());
    StartupLog.write("api", redis, config.egress(), config.settings());
    return ProcessLifecycle.run(
        (vertx, lifecycle) -> {
          var process = ApiProcess.start(vertx, redis, config);
          lifecycle.onStop("api", ApiProcess.STOP_LIMIT, process::stop);
          process.reportRedis(redis);
        });
  }
}
