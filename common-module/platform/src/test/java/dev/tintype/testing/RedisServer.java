package dev.tintype.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.embedded.core.ExecutableProvider;

/**
 * A real {@code redis-server} as a child process on a free port of loopback, for the tests of one
 * class. Tests keep apart by namespace and never flush.
 */
public final class RedisServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private final File executable;
  private final List<String> options;
  private Path folder = Path.of("target");
  private int port;
  private @Nullable RedisProcess process;

  private RedisServer(File executable, String... options) {
    this.executable = executable;
    this.options = List.of(options);
  }

  /** The 6.2 that a dependency carries: the oldest that is supported. */
  public static RedisServer bundled(String... options) {
    try {
      return new RedisServer(ExecutableProvider.newJarResourceProvider().get(), options);
    } catch (IOException e) {
      throw new IllegalStateException("no bundled redis-server for this platform", e);
    }
  }

  /**
   * The one on the PATH. {@code deploy/verify} installs it, so that its absence is a failure and
   * not a skipped test.
   */
  public static RedisServer installed(String... options) {
    return new RedisServer(
        onPath()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no redis-server on the PATH; deploy/verify installs one")),
        options);
  }

  private static Optional<File> onPath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> new File(folder, "redis-server"))
        .filter(File::canExecute)
        .findFirst();
  }

  /** The one on the PATH if there is one, else the bundled one. */
  static RedisServer available(String... options) {
    return onPath().map(file -> new RedisServer(file, options)).orElseGet(() -> bundled(options));
  }

  public RedisServer start() throws IOException {
    return start(freePort());
  }

  RedisServer start(int port) throws IOException {
    this.port = port;
    folder = Files.createTempDirectory("tintype-redis");
    launch();
    return this;
  }

  static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Dies as by {@code kill -9}. */
  public void kill() throws InterruptedException {
    running().kill();
  }

  /** Starts it anew on the same port and folder. */
  public void restart() throws IOException {
    launch();
  }

  boolean isRunning() {
    return running().isAlive();
  }

  File executable() {
    return executable;
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Called again for each nested class, which shares the server of the class around it. */
  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (!isNested(context)) {
      start();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (!isNested(context)) {
      close();
    }
  }

  private static boolean isNested(ExtensionContext context) {
    return context.getRequiredTestClass().isAnnotationPresent(Nested.class);
  }

  @Override
  public void close() {
    running().stop();
  }

  private void launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(executable.getPath(), "--port", "" + port, "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", folder.toString(), "--save", "", "--daemonize", "no"));
    command.addAll(options);
    process = RedisProcess.start(command);
  }

  private RedisProcess running() {
    return Objects.requireNonNull(process, "start() comes first");
  }
}
