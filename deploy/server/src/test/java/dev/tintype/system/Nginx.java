package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.ChildProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real nginx with the configuration that the product ships, but with local APIs and a shorter
 * timeout.
 */
final class Nginx implements AutoCloseable {
  private static final Path CONFIGURATION = Path.of("..", "nginx");

  private final Process process;
  private final Path folder;
  private final int port;

  private Nginx(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Starts it in front of one API, and of a plain handler that is served under /synchronous. */
  static Nginx before(URI api, URI synchronous, String readTimeout) throws Exception {
    return before(api, api, synchronous, readTimeout);
  }

  /** Starts it in front of two APIs, and of a plain handler that is served under /synchronous. */
  static Nginx before(URI first, URI second, URI synchronous, String readTimeout) throws Exception {
    Path folder = Files.createTempDirectory("tintype-nginx");
    int port;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    shipped(
        "tintype_proxy.conf",
        folder,
        "proxy_read_timeout 60s;",
        "proxy_read_timeout " + readTimeout + ";");
    Path site =
        shipped("tintype.conf", folder, "server api-1:8080", "server " + first.getAuthority());
    replace(site, "server api-2:8080", "server " + second.getAuthority());
    replace(site, "listen 80;", "listen 127.0.0.1:" + port + ";");
    replace(
        site,
        "  location / {",
        "  location /synchronous {\n    proxy_pass http://%s;\n    include tintype_proxy.conf;\n  }\n\n  location / {"
            .formatted(synchronous.getAuthority()));
    Path main = folder.resolve("nginx.conf");
    Files.writeString(
        main,
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events {}
        http {
          log_format exchange '$status $request_time $request_uri';
          access_log %1$s/access.log exchange;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          include %1$s/tintype.conf;
        }
        """
            .formatted(folder));
    Process process =
        ChildProcess.start(
            new ProcessBuilder(
                    executable(),
                    "-e",
                    folder + "/error.log",
                    "-p",
                    folder.toString(),
                    "-c",
                    main.toString())
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT));
    var nginx = new Nginx(process, folder, port);
    nginx.awaitListening();
    return nginx;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Every exchange so far. */
  List<Exchange> exchanges() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("access.log"))) {
      return lines.map(Exchange::of).toList();
    }
  }

  /** What it found worth an error, such as a timer that fired. */
  List<String> errors() throws IOException {
    return Files.readAllLines(folder.resolve("error.log"));
  }

  /** One request and its answer, as the access log has it. */
  record Exchange(int status, double seconds, String uri) {
    static Exchange of(String line) {
      String[] parts = line.split(" ", 3);
      return new Exchange(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), parts[2]);
    }
  }

  @Override
  public void close() {
    ChildProcess.stop(process);
  }

  private void awaitListening() throws Exception {
    for (int trial = 0; trial < 100; trial++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        process.waitFor(50, TimeUnit.MILLISECONDS);
        assertThat(process.isAlive()).as("nginx lives").isTrue();
      }
    }
    throw new IOException("nginx does not listen");
  }

  private static Path shipped(String name, Path folder, String from, String to) throws IOException {
    Path copy = folder.resolve(name);
    Files.copy(CONFIGURATION.resolve(name), copy);
    replace(copy, from, to);
    return copy;
  }

  private static void replace(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private static String executable() {
    return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("there is no nginx; deploy/verify installs one"));
  }
}
