package dev.tintype.launch;

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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * A real {@code redis-server} as a child process on loopback, with an append-only file in a data
 * folder: the one on the PATH when it is version 6.2 or newer, else the one that a dependency
 * carries.
 */
final class EmbeddedRedis {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");
  private static final long STOP_SECONDS = 10;

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

  /** Blocks until the server has read its data and accepts connections. */
  static EmbeddedRedis start(Path data) {
    try {
      Files.createDirectories(data);
      FileLock lock = lock(data);
      Path processFile = data.resolve("redis.pid");
      stopOrphan(processFile);
      return launch(data, lock, processFile);
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

  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.warn("event=redis_killed limit={}s", STOP_SECONDS);
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

  /** Two servers that write one append-only file would destroy it. */
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
   * A parent that was killed leaves its server behind; the lock says that nobody else can own it
   * now.
   */
  private static void stopOrphan(Path processFile) throws IOException {
    if (!Files.exists(processFile)) {
      return;
    }
    String[] recorded = Files.readString(processFile).trim().split(" ", 2);
    Optional<ProcessHandle> orphan =
        ProcessHandle.of(Long.parseLong(recorded[0]))
            // The same id may long be another process's.
            .filter(handle -> recorded.length == 2 && recorded[1].equals(startOf(handle)));
    if (orphan.isPresent()) {
      log.warn("event=orphan_redis_stopped pid={}", orphan.get().pid());
      orphan.get().destroy();
      orphan.get().onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private static EmbeddedRedis launch(Path data, FileLock lock, Path processFile)
      throws IOException {
    int port;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    String password = password();
    List<String> command = new ArrayList<>();
    // In a session of its own, Ctrl-C on the terminal does not reach it: it stops last, when
    // everybody has written.
    onPath("setsid").ifPresent(setsid -> command.add(setsid.getPath()));
    command.add(executable().getPath());
    command.add(
        "-"); // configuration by standard input, so that no list of processes shows the password
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
    awaitReady(process);
    Files.writeString(processFile, process.pid() + " " + startOf(process.toHandle()));
    log.info("event=redis_started port={} data={}", port, data);
    return new EmbeddedRedis(
        process, lock, processFile, "redis://:" + password + "@127.0.0.1:" + port);
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
    throw new StartException("redis-server does not start:\n" + String.join("\n", said));
  }

  /** Which server would be started, for people. */
  static String describeExecutable() {
    return onPath("redis-server")
        .filter(EmbeddedRedis::isNewEnough)
        .map(File::getPath)
        .orElse("the redis-server that it carries");
  }

  /** A full pipe would stop the server in the middle of a log line. */
  private static void drain(BufferedReader output) {
    try {
      output.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // The server was stopped.
    }
  }

  private static File executable() throws IOException {
    Optional<File> installed = onPath("redis-server").filter(EmbeddedRedis::isNewEnough);
    return installed.isPresent()
        ? installed.get()
        : ExecutableProvider.newJarResourceProvider().get();
  }

  private static Optional<File> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst();
  }

  private static boolean isNewEnough(File executable) {
    try {
      Process process = new ProcessBuilder(executable.getPath(), "--version").start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var version = VERSION.matcher(answer);
      return version.find()
          && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2)) >= 602;
    } catch (IOException e) {
      return false;
    }
  }

  private static String startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Object::toString).orElse("unknown");
  }

  private static String password() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
