package dev.tintype.server;

import dev.tintype.cli.command.ProductVersion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tintype serve}: API, worker and Redis in one process. */
@Command(
    name = "serve",
    description = "Run API and browsers in one process, with an embedded Redis by default.",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--redis",
      paramLabel = "URI",
      description = "Use this Redis instead of the embedded one: " + RedisOptions.FORMS)
  private @Nullable String redis;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Folder in which the embedded Redis keeps jobs and images. Default: ~/.local/share/tintype.")
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
    RedisConfig configured = redis == null ? queue.inEmbedded("") : queue.in(redis);
    ApiProcessConfig apiConfig = api.config(tenants, egress.config());
    WorkerProcessConfig workerConfig =
        worker.config(webhooks.config(), retention.config(), egress.config());
    Map<String, Object> settings = new LinkedHashMap<>();
    if (redis == null) {
      settings.put("data", data);
    }
    settings.putAll(apiConfig.settings());
    settings.putAll(workerConfig.settings());
    StartupLog.write("serve", configured, egress.config(), settings);
    return ProcessLifecycle.run(
        (vertx, lifecycle) -> {
          RedisConfig running =
              redis == null
                  ? queue.inEmbedded(EmbeddedRedis.start(data, lifecycle).uri())
                  : configured;
          // First, because a taken port is known at once and browsers take seconds to start. It is
          // also the last to stop, so that clients can still ask for the captures that finish.
          var apiProcess = ApiProcess.start(vertx, running, apiConfig);
          lifecycle.onStop("api", ApiProcess.STOP_LIMIT, apiProcess::stop);
          var workerProcess = WorkerProcess.start(vertx, running, workerConfig);
          lifecycle.onStop(
              "worker", WorkerProcess.stopLimit(workerConfig.worker()), workerProcess::stop);
          // A logger is made here and not in a constant, because --help must not start the logging.
          Logger log = LoggerFactory.getLogger(ServeCommand.class);
          log.info("event=ready url=http://{}:{}", apiConfig.http().host(), apiProcess.port());
        });
  }
}
