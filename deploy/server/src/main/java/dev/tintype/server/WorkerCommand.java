package dev.tintype.server;

import dev.tintype.cli.command.ProductVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tintype worker}: a process that runs browsers, scaled by the backlog of the queue. */
@Command(
    name = "worker",
    description = "Run browsers and deliver webhooks. It shares a Redis with the API.",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    sortOptions = false)
final class WorkerCommand implements Callable<Integer> {
  @Mixin private final RedisOptions redis = new RedisOptions();
  @Mixin private final WorkerOptions worker = new WorkerOptions();
  @Mixin private final WebhookOptions webhooks = new WebhookOptions();
  @Mixin private final QueueOptions queue = new QueueOptions();
  @Mixin private final RetentionOptions retention = new RetentionOptions();
  @Mixin private final EgressOptions egress = new EgressOptions();
  @Mixin private final LogOptions logs = new LogOptions();

  @Override
  public Integer call() throws Exception {
    logs.apply();
    RedisConfig redis = queue.in(this.redis.uri());
    WorkerProcessConfig config =
        worker.config(webhooks.config(), retention.config(), egress.config());
    StartupLog.write("worker", redis, config.egress(), config.settings());
    return ProcessLifecycle.run(
        (vertx, lifecycle) -> {
          var process = WorkerProcess.start(vertx, redis, config);
          lifecycle.onStop("worker", WorkerProcess.stopLimit(config.worker()), process::stop);
        });
  }
}
