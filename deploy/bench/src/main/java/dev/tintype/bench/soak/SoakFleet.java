package dev.tintype.bench.soak;

import dev.tintype.bench.Servers;
import dev.tintype.bench.soak.SoakProcess.Death;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processes of a soak: a Redis, an API, and workers. */
final class SoakFleet implements AutoCloseable {
  // Redis writes the append-only file before it answers, unless the disk is busy with the last
  // second's: then it goes on for up to two seconds. See "appendfsync" in redis.conf.
  private static final Duration DURABILITY = Duration.ofSeconds(2);

  private final Servers servers;
  private final int redisPort;
  private final int apiPort;
  final SoakProcess redis;
  final SoakProcess api;
  final List<SoakProcess> workers;

  /** Not started yet. */
  SoakFleet(SoakSettings settings) throws IOException {
    servers = new Servers(settings.folder());
    redisPort = Servers.freePort();
    apiPort = Servers.freePort();
    Files.createDirectories(settings.folder().resolve("redis"));
    redis =
        new SoakProcess(
            servers,
            "redis",
            Pattern.compile("Ready to accept connections"),
            life -> redisCommand(settings));
    api =
        new SoakProcess(
            servers, "api", Pattern.compile("event=api_listening"), life -> apiCommand(settings));
    workers =
        IntStream.rangeClosed(1, settings.workers())
            .mapToObj(
                number ->
                    new SoakProcess(
                        servers,
                        "worker-" + number,
                        Pattern.compile("event=worker_ready"),
                        life -> workerCommand(settings, life)))
            .toList();
  }

  private List<String> redisCommand(SoakSettings settings) {
    return List.of(
        "redis-server",
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(redisPort),
        "--dir",
        settings.folder().resolve("redis").toString(),
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec");
  }

  private List<String> apiCommand(SoakSettings settings) {
    return settings.command(
        "api",
        "--redis",
        redisUri(),
        "--port",
        Integer.toString(apiPort),
        "--tenant-header",
        "X-Tenant",
        "--egress-allow",
        "127.0.0.1");
  }

  private List<String> workerCommand(SoakSettings settings, String life) {
    return settings.command(
        "worker",
        "--redis",
        redisUri(),
        "--browsers",
        "1",
        "--worker-name",
        life,
        "--egress-allow",
        "127.0.0.1");
  }

  String redisUri() {
    return "redis://127.0.0.1:" + redisPort;
  }

  URI apiUri() {
    return URI.create("http://127.0.0.1:" + apiPort);
  }

  /** Starts all, and waits until they are ready. */
  void start() throws IOException, InterruptedException {
    redis.start();
    redis.awaitReady();
    api.start();
    workers.forEach(SoakProcess::start);
    api.awaitReady();
    for (SoakProcess worker : workers) {
      worker.awaitReady();
    }
  }

  /** Orderly, so that nobody works on the queue any more. */
  void stopWorkers() throws InterruptedException {
    for (SoakProcess worker : workers) {
      worker.stop();
    }
  }

  Stream<SoakProcess> all() {
    return Stream.concat(Stream.of(redis, api), workers.stream());
  }

  List<Death> workerDeaths() {
    return workers.stream().flatMap(worker -> worker.deaths().stream()).toList();
  }

  /** Whether Redis may have forgotten what it had acknowledged by then. */
  boolean redisMayForget(Instant told) {
    return redis.deaths().stream()
        .anyMatch(death -> !told.isAfter(death.at) && told.plus(DURABILITY).isAfter(death.at));
  }

  boolean redisWasAway(Instant from, Instant to) {
    return redis.deaths().stream().anyMatch(death -> death.overlaps(from, to));
  }

  /** Ends everything, also in the middle of a start. */
  @Override
  public void close() {
    all().forEach(SoakProcess::abandon);
    servers.close();
  }
}
