package dev.tintype.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tintype worker}: renders; as many as the queue needs. */
@Command(
    name = "worker",
    description = "Run browsers, over a Redis that is shared with the API.",
    mixinStandardHelpOptions = true,
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
    var config = worker.config(retention.age());
    var webhookConfig = webhooks.config();
    return UntilStopped.run(
        (vertx, process) -> {
          var running =
              WorkerProcess.start(
                  vertx,
                  config,
                  webhookConfig,
                  redis.uri(),
                  queue.namespace(),
                  retention,
                  worker.capturesPerHost(),
                  egress.policy(vertx),
                  egress.mode(),
                  worker.browser());
          process.onStop("worker", WorkerProcess.stopLimit(config), running::stop);
        });
  }
}
