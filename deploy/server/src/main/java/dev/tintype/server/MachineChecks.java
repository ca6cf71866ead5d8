package dev.tintype.server;

import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.connection.RedisFacts;
import dev.tintype.worker.browser.BrowserLaunch;
import dev.tintype.worker.browser.BrowserSettings;
import dev.tintype.worker.browser.BrowserVerticle;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks what this machine has. Every check uses the thing itself: it starts a browser, asks Redis.
 */
final class MachineChecks {
  /** Severity of a finding. */
  enum Verdict {
    OK,
    WARN,
    BAD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One result.
   *
   * @param remedy what to do; empty if nothing is wrong
   */
  record Finding(Verdict verdict, String subject, String observation, String remedy) {}

  private final Vertx vertx;
  private final @Nullable Path browser;
  private final @Nullable String redis;
  private final List<Finding> findings = new ArrayList<>();

  MachineChecks(Vertx vertx, @Nullable Path browser, @Nullable String redis) {
    this.vertx = vertx;
    this.browser = browser;
    this.redis = redis;
  }

  List<Finding> findings() {
    java();
    browser();
    fonts();
    redis();
    return List.copyOf(findings);
  }

  private void java() {
    ok("java", Runtime.version() + " on " + Runtime.getRuntime().availableProcessors() + " cores");
  }

  private void browser() {
    if (browser != null && !WorkerProcessConfig.isProgram(browser)) {
      bad(
          "browser",
          browser + " is not an executable file",
          "give the path of a Chromium or Chrome with --browser");
      return;
    }
    DriverCache.prepare();
    var launch = new BrowserLaunch(BrowserSettings.defaults().withExecutable(browser));
    try {
      // The start includes rendering a page, because a browser without its libraries may also run.
      BrowserVerticle running =
          BrowserVerticle.deploy(vertx, "doctor", launch, System::nanoTime).await();
      ok("browser", "starts and renders");
      running.close().await();
    } catch (Exception e) { // Vert.x throws checked ones through await.
      bad(
          "browser",
          "does not start: " + PlaywrightMessage.of(e),
          "on Debian: apt-get install chromium-headless-shell; elsewhere give its path with --browser");
      return;
    }
    if (launch.sandboxed()) {
      ok("sandbox", "pages run in Chromium's sandbox");
    } else {
      warn(
          "sandbox",
          "off, because this user is root: a page that exploits Chromium controls the machine",
          "run as another user to capture untrusted pages");
    }
  }

  private void fonts() {
    Map<String, String> packages = new LinkedHashMap<>();
    packages.put("Latin:lang=en", "fonts-dejavu-core");
    packages.put("Chinese, Japanese, Korean:lang=ja", "fonts-noto-cjk");
    packages.put("Arabic:lang=ar", "fonts-noto-core");
    packages.put("emoji:lang=und-zsye", "fonts-noto-color-emoji");
    packages.forEach(
        (script, debianPackage) -> {
          String name = script.substring(0, script.indexOf(':'));
          try {
            if (fontsFor(script.substring(script.indexOf(':'))).isBlank()) {
              warn(
                  "fonts",
                  "no font for " + name + ": characters appear as empty boxes",
                  "on Debian: apt-get install " + debianPackage);
            } else {
              ok("fonts", name);
            }
          } catch (IOException e) {
            warn(
                "fonts",
                name + " not checked: fc-list is not installed",
                "on Debian: apt-get install fontconfig");
          }
        });
  }

  private static String fontsFor(String pattern) throws IOException {
    Process process = new ProcessBuilder("fc-list", pattern).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void redis() {
    if (redis == null) {
      ok("redis", "`serve` will start " + EmbeddedRedis.describeExecutable());
      return;
    }
    RedisFacts facts;
    try {
      RedisConnections connections =
          RedisConnections.connect(vertx, redis, Patience.FAIL_FAST).await();
      facts = RedisFacts.of(connections).await();
      connections.close().await();
    } catch (RuntimeException e) {
      bad("redis", String.valueOf(e.getMessage()), "start Redis, or correct --redis");
      return;
    }
    if (facts.isSupported()) {
      ok("redis", "version " + facts.version());
    } else {
      bad("redis", "version " + facts.version() + " is too old", "use version 6.2 or newer");
    }
    if (facts.evicts()) {
      bad(
          "redis",
          "maxmemory-policy is "
              + facts.maxmemoryPolicy()
              + ": at its memory limit Redis deletes jobs",
          "set maxmemory-policy noeviction");
    } else {
      ok("redis", "maxmemory-policy is noeviction");
    }
    if (facts.maxMemoryBytes() == 0) {
      warn(
          "redis",
          "maxmemory is not set: Redis grows until the system kills it",
          "set maxmemory, for example 2gb, so that Redis refuses new jobs instead");
    } else {
      ok("redis", "maxmemory is %d MiB".formatted(facts.maxMemoryBytes() >> 20));
    }
    if (facts.appendOnly()) {
      ok("redis", "append-only file is on");
    } else {
      warn(
          "redis",
          "append-only file is off: a restart of Redis loses accepted jobs",
          "set appendonly yes and appendfsync everysec");
    }
  }

  private void ok(String subject, String observation) {
    findings.add(new Finding(Verdict.OK, subject, observation, ""));
  }

  private void warn(String subject, String observation, String remedy) {
    findings.add(new Finding(Verdict.WARN, subject, observation, remedy));
  }

  private void bad(String subject, String observation, String remedy) {
    findings.add(new Finding(Verdict.BAD, subject, observation, remedy));
  }
}
