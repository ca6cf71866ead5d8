package dev.tintype.server;

import dev.tintype.capture.field.Durations;
import dev.tintype.worker.WorkerConfig;
import dev.tintype.worker.webhook.WebhookConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a worker process, except for its Redis.
 *
 * @param capturesPerHost pages of one host that are rendered at once, by all workers together
 * @param browser the browser to run; null for the first that is found on the PATH
 */
record WorkerProcessConfig(
    WorkerConfig worker,
    WebhookConfig webhooks,
    RetentionConfig retention,
    int capturesPerHost,
    @Nullable Path browser,
    EgressConfig egress) {
  WorkerProcessConfig {
    if (capturesPerHost < 1) {
      throw new StartException(
          "--captures-per-host is " + capturesPerHost + "; allowed is 1 or more");
    }
    if (browser != null && !isProgram(browser)) {
      throw new StartException(
          "--browser "
              + browser
              + " is not an executable file; give the path of a Chromium or Chrome");
    }
  }

  static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  /** The settings for the log, by name. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("worker", worker.worker().name());
    settings.put("browsers", worker.worker().browsers());
    settings.put("captures_per_host", capturesPerHost);
    settings.put("grace", Durations.spell(worker.grace()));
    settings.put("retention", Durations.spell(retention.age()));
    settings.put("retention_jobs", retention.jobs());
    settings.put("retention_tenant_jobs", retention.tenantJobs());
    return settings;
  }
}
