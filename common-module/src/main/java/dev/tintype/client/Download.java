package dev.tintype.client;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;

/** Bytes that a server keeps. */
final class Download {
  // A page of 5 MiB, or a very long image, at 2 Mbit/s.
  static final Duration TRANSFER = Duration.ofMinutes(5);
  private static final byte[] NOTHING = {};

  private final Exchanges exchanges;
  private final HttpRequest request;
  private final Duration timeout;

  Download(Exchanges exchanges, String path, Duration timeout) {
    this.exchanges = exchanges;
    this.request = exchanges.request(path).build();
    this.timeout = timeout;
  }

  byte[] bytes() {
    return fetch(BodyHandlers.ofByteArray()).body();
  }

  /**
   * Saves them without holding them in memory. A file of that name is replaced, and nobody ever
   * sees half of it.
   *
   * @throws IOException if the file cannot be written
   */
  void saveAs(Path file) throws IOException {
    Path place = file.toAbsolutePath();
    Path folder = place.getParent();
    if (folder == null) {
      throw new IOException(file + " is not a file");
    }
    // Made as any file is, unlike temporary ones, which their owner alone may read.
    long unique = UUID.randomUUID().getMostSignificantBits() >>> 1;
    Path part = folder.resolve("." + place.getFileName() + "." + unique + ".part");
    try {
      fetch(
          info ->
              info.statusCode() == 200
                  ? BodySubscribers.mapping(BodySubscribers.ofFile(part), saved -> NOTHING)
                  : BodySubscribers.ofByteArray());
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private HttpResponse<byte[]> fetch(BodyHandler<byte[]> handler) {
    HttpResponse<byte[]> response = exchanges.retrying(request, handler, timeout);
    if (response.statusCode() != 200) {
      throw new ProblemException(exchanges.server(), Answer.of(response));
    }
    return response;
  }
}
