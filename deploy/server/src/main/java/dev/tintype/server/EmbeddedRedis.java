package dev.tintype.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * A real {@code redis-server} as a child process on loopback, with an append-only file in a data
 * folder: the one on the PATH if it is version 6.2 or newer, otherwise the binary of a dependency.
 */
final class EmbeddedRedis {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLOCK_STEP = Duration.ofSeconds(2);
  private static final String UNKNOWN = "unknown";

  private final Process process;
  private final FileLock lock;
  private final Path processFile;
  private final String uri;

  private EmbeddedRedis(Process process, FileLock lock, Path processFile, String uri) {
    this.process = process;
    this.lock = lock;
    this.processFile = processFile;
    this.uri = uri;
  }

  /**
   * Blocks until the server has read its data and accepts connections.
   *
   * @param owner gets the stop action as soon as the process exists, because reading the data may
   *     take minutes
   */
  static EmbeddedRedis start(Path data, ProcessLifecycle owner) {
    try {
      Files.createDirectories(data);
      FileLock lock = lock(data);
      Path processFile = data.resolve("redis.pid");
      stopOrphan(processFile, STOP_LIMIT);
      return launch(data, lock, processFile, owner);
    } catch (IOException e) {
      throw new StartException(
          "cannot keep data in "
              + data
              + ": "
              + e.getMessage()
              + "; choose another folder with --data",
          e);
    }
  }

  String uri() {
    return uri;
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("event=redis_killed pid={} limit={}s", process.pid(), STOP_LIMIT.toSeconds());
        process.destroyForcibly();
      }
      Files.deleteIfExists(processFile);
      lock.channel().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two servers that write to one append-only file would corrupt it. */
  private static FileLock lock(Path data) throws IOException {
    FileChannel channel =
        FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new StartException(
          "another `tintype serve` uses "
              + data
              + "; stop it, or choose another folder with --data");
    }
    return lock;
  }

  /**
   * Stops the server that a killed parent left behind. The caller holds the lock, so that no other
   * process owns that server.
   */
  static void stopOrphan(Path processFile, Duration limit) throws IOException {
    if (!Files.exists(processFile)) {
      return;
    }
    String recorded = Files.readString(processFile).trim();
    Optional<ProcessHandle> found = recordedProcess(processFile, recorded);
    if (found.isEmpty()) {
      return;
    }
    ProcessHandle orphan = found.get();
    orphan.destroy();
    try {
      orphan.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      log.warn("event=orphan_redis_stopped pid={}", orphan.pid());
    } catch (TimeoutException e) {
      log.error("event=orphan_redis_not_stopped pid={} limit={}s", orphan.pid(), limit.toSeconds());
      throw new StartException(
          "the redis-server of an earlier `tintype serve`, process "
              + orphan.pid()
              + ", did not stop within "
              + limit.toSeconds()
              + " s; wait until it has stopped, or run kill -9 "
              + orphan.pid()
              + ", then start again",
          e);
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while an orphan stopped", e);
    }
  }

  /** The recorded process, if it still runs and is that Redis: its ID may have been reused. */
  private static Optional<ProcessHandle> recordedProcess(Path file, String recorded) {
    try {
      String[] idAndStart = recorded.split(" ", 2);
      Optional<ProcessHandle> process =
          ProcessHandle.of(Long.parseLong(idAndStart[0])).filter(EmbeddedRedis::isRedis);
      if (idAndStart.length < 2 || idAndStart[1].equals(UNKNOWN)) {
        return Optional.empty();
      }
      Instant start = Instant.parse(idAndStart[1]);
      return process.filter(
          handle -> hasStartedAt(start, handle) || worksIn(file.resolveSibling("."), handle));
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new StartException(
          file
              + " names no process: \""
              + recorded
              + "\"; check that no redis-server uses that folder, delete the file, and start"
              + " again",
          e);
    }
  }

  /**
   * Judged by the file name, which may differ from redis-server: on Debian that is a link to
   * redis-check-rdb, on other systems one to valkey-server.
   */
  private static boolean isRedis(ProcessHandle handle) {
    String command = handle.info().command().map(path -> new File(path).getName()).orElse("");
    return command.contains("redis") || command.contains("valkey");
  }

  /** A Redis runs in its data folder. False where the system does not tell. */
  private static boolean worksIn(Path folder, ProcessHandle handle) {
    try {
      return Files.isSameFile(folder, Path.of("/proc", Long.toString(handle.pid()), "cwd"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Start times are relative to the boot time, which shifts when the clock is set. */
  private static boolean hasStartedAt(Instant recorded, ProcessHandle handle) {
    return handle
        .info()
        .startInstant()
        .filter(start -> Duration.between(recorded, start).abs().compareTo(CLOCK_STEP) <= 0)
        .isPresent();
  }

  private static EmbeddedRedis launch(
      Path data, FileLock lock, Path processFile, ProcessLifecycle owner) throws IOException {
    File executable = executable(data);
    checkFormat(data, executable);
    int port;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    String password = password();
    List<String> command = new ArrayList<>();
    // A session of its own, so that Ctrl-C does not reach it: it stops last, after all writes.
    onPath("setsid").ifPresent(setsid -> command.add(setsid.getPath()));
    command.add(executable.getPath());
    command.add("-"); // configuration on standard input, so that the process list does not show the
    // password
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String uri = "redis://:" + password + "@127.0.0.1:" + port;
    var redis = new EmbeddedRedis(process, lock, processFile, uri);
    owner.onStop("redis", redis::stop);
    Files.writeString(processFile, process.pid() + " " + startOf(process.toHandle()));
    try (var config = process.outputWriter(StandardCharsets.UTF_8)) {
      config.write(
          String.join(
              "\n",
              "port " + port,
              "bind 127.0.0.1",
              "requirepass " + password,
              "dir \"" + data.toAbsolutePath() + "\"",
              "appendonly yes",
              "appendfsync everysec",
              "save \"\"",
              "maxmemory-policy noeviction",
              ""));
    }
    log.info("event=redis_started pid={} port={} data={}", process.pid(), port, data);
    awaitReady(process);
    return redis;
  }

  private static void awaitReady(Process process) throws IOException {
    var output = process.inputReader();
    List<String> said = new ArrayList<>();
    String line;
    while ((line = output.readLine()) != null) {
      said.add(line);
      if (line.contains("Ready to accept connections")) {
        var drain = new Thread(() -> drain(output), "redis-output");
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new StartException("redis-server did not start:\n" + String.join("\n", said));
  }

  /** The server that would be started, for the output of doctor. */
  static String describeExecutable() {
    return onPath("redis-server")
        .filter(EmbeddedRedis::isNewEnough)
        .map(File::getPath)
        .orElse("the bundled redis-server");
  }

  /** Reads the output, because a full pipe would block the server. */
  private static void drain(BufferedReader output) {
    try {
      output.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // The server was stopped.
    }
  }

  private static File executable(Path data) throws IOException {
    Optional<File> installed = onPath("redis-server").filter(EmbeddedRedis::isNewEnough);
    // The bundled one is unpacked to a fixed place, because a killed process cleans up nothing.
    return installed.isPresent()
        ? installed.get()
        : ExecutableProvider.newJarResourceProvider(data.toFile()).get();
  }

  /** A server older than version 7 cannot read the data of a newer one, and would start empty. */
  static void checkFormat(Path data, File executable) {
    Path later = data.resolve("appendonlydir");
    if (Files.isDirectory(later) && version(executable) < 700) {
      throw new StartException(
          later
              + " was written by a redis-server of version 7 or newer; "
              + executable
              + " is older and would start empty; put version 7 or newer on the PATH, or choose"
              + " another folder with --data");
    }
  }

  private static Optional<File> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst();
  }

  private static boolean isNewEnough(File executable) {
    return version(executable) >= 602;
  }

  /** 602 for version 6.2; 0 if unknown. */
  private static int version(File executable) {
    try {
      Process process = new ProcessBuilder(executable.getPath(), "--version").start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var version = VERSION.matcher(answer);
      return version.find()
          ? Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2))
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static String startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Object::toString).orElse(UNKNOWN);
  }

  private static String password() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
