package dev.tintype.bench.capture;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.MimeMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Published templates on loopback, out of memory. What they ask of other hosts is asked of this one
 * instead: what npm packages hold is served, fonts and the rest are 404, which is quick.
 */
final class PageSite implements AutoCloseable {
  /** Where a template's own folder is, and where other hosts ask for a library's files. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "bootstrap", "/away/cdn.jsdelivr.net/npm/bootstrap@5.2.3/",
          "bootstrap-icons", "/away/cdn.jsdelivr.net/npm/bootstrap-icons@1.5.0/",
          "fontawesome-free", "/away/use.fontawesome.com/releases/v6.3.0/");

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Buffer> files = new HashMap<>();
  private final List<String> pages;
  private final HttpServer server;

  /**
   * Serves a folder.
   *
   * @param folder one folder for each unpacked npm package
   */
  PageSite(Path folder) throws IOException {
    for (var library : LIBRARIES.entrySet()) {
      read(folder.resolve(library.getKey()), library.getValue());
    }
    try (Stream<Path> packages = Files.list(folder)) {
      for (Path template : packages.sorted().toList()) {
        if (Files.exists(template.resolve("dist/index.html"))) {
          read(template.resolve("dist"), "/" + template.getFileName() + "/");
        }
      }
    }
    pages =
        files.keySet().stream()
            .filter(path -> path.matches("/startbootstrap-[^/]+/index\\.html"))
            .sorted()
            .toList();
    server = vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1").await();
  }

  List<String> urls() {
    return pages.stream().map(path -> "http://127.0.0.1:" + server.actualPort() + path).toList();
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void read(Path folder, String prefix) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(prefix + folder.relativize(file), content(file));
      }
    }
  }

  private static Buffer content(Path file) throws IOException {
    String name = file.toString();
    if (!name.endsWith(".html") && !name.endsWith(".css")) {
      return Buffer.buffer(Files.readAllBytes(file));
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    return Buffer.buffer(
        text.replaceAll("((?:src|href)=\"|url\\([\"']?|@import \")(?:https?:)?//", "$1/away/"));
  }

  private void serve(HttpServerRequest request) {
    Buffer file = files.get(request.path());
    if (file == null) {
      request.response().setStatusCode(404).end();
      return;
    }
    String type = MimeMapping.mimeTypeForFilename(request.path());
    request
        .response()
        .putHeader("Content-Type", type == null ? "application/octet-stream" : type)
        .end(file);
  }
}
