package dev.tintype.server;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tintype serve}: everything in one process. */
@Command(
    name = "serve",
    description =
        "Run API and browsers in one process, with a Redis of its own unless --redis names yours.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--redis",
      paramLabel = "URI",
      description = "Use this Redis instead of an own one: " + RedisOptions.FORMS)
  private @Nullable String redis;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where the own Redis keeps jobs and images. Default: ~/.local/share/tintype.")
  private Path data = Path.of(System.getProperty("user.home"), ".local", "share", "tintype");

  @Mixin private final ApiOptions api = new ApiOptions();
  @Mixin private final TenantOptions tenants = new TenantOptions();
  @Mixin private final WorkerOptions worker = new WorkerOptions();
  @Mixin private final WebhookOptions webhooks = new WebhookOptions();
  @Mixin private final QueueOptions queue = new QueueOptions();
  @Mixin private final RetentionOptions retention = new RetentionOptions();
  @Mixin private final EgressOptions egress = new EgressOptions();
  @Mixin private final LogOptions logs = new LogOptions();

  @Override
  public Integer call() throws Exception {
    logs.apply();
    var apiConfig = api.config(tenants.tenants());
    var workerConfig = worker.config(retention.age());
    var webhookConfig = webhooks.config();
    int maxWaiting = tenants.maxWaiting();
    return UntilStopped.run(
        (vertx, process) -> {
          String uri = redis == null ? EmbeddedRedis.start(data, process).uri() : redis;
          var policy = egress.policy(vertx);
          var runningWorker =
              WorkerProcess.start(
                  vertx,
                  workerConfig,
                  webhookConfig,
                  uri,
                  queue.namespace(),
                  retention,
                  worker.capturesPerHost(),
                  policy,
                  egress.mode(),
                  worker.browser());
          process.onStop("worker", WorkerProcess.stopLimit(workerConfig), runningWorker::stop);
          var runningApi =
              ApiProcess.start(vertx, apiConfig, uri, queue.namespace(), maxWaiting, policy);
          process.onStop("api", ApiProcess.STOP_LIMIT, runningApi::stop);
          // Here and not in a constant: a client's --help would start the logging, too.
          Logger log = LoggerFactory.getLogger(ServeCommand.class);
          log.info("event=ready url=http://{}:{}", apiConfig.host(), runningApi.port());
        });
  }
}
