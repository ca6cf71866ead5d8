package dev.tintype.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bytes that a server keeps. */
final class Download {
  // A page of 5 MiB, or a very long image, at 2 Mbit/s.
  static final Duration TRANSFER = Duration.ofMinutes(5);

  private final Exchanges exchanges;
  private final HttpRequest request;
  private final Duration timeout;

  Download(Exchanges exchanges, String path, Duration timeout) {
    this.exchanges = exchanges;
    this.request = exchanges.request(path).build();
    this.timeout = timeout;
  }

  byte[] bytes() {
    return fetch(BodyHandlers::ofByteArray).body();
  }

  /**
   * Saves them without holding them in memory. A file of that name is replaced, and nobody ever
   * sees half of it.
   *
   * @throws IOException if the file cannot be written
   */
  void saveAs(Path file) throws IOException {
    Path place = file.toAbsolutePath();
    if (place.getFileName() == null) {
      throw new IOException(file + " is not a file");
    }
    try (var tries = new Tries(place)) {
      fetch(tries);
      tries.last().moveTo(place);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private HttpResponse<byte[]> fetch(Supplier<? extends BodyHandler<byte[]>> handlers) {
    HttpResponse<byte[]> response = exchanges.retrying(request, handlers, timeout);
    if (response.statusCode() != 200) {
      throw new ProblemException(exchanges.server(), Answer.of(response));
    }
    return response;
  }

  /** A new file for each try, so that no try finds what another has left or still writes. */
  private static final class Tries implements Supplier<PartFile>, AutoCloseable {
    private final Path place;
    private @Nullable PartFile part;

    Tries(Path place) {
      this.place = place;
    }

    @Override
    public PartFile get() {
      try {
        close();
        part = PartFile.of(place);
        return part;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    PartFile last() {
      return Objects.requireNonNull(part);
    }

    @Override
    public void close() throws IOException {
      if (part != null) {
        part.discard();
      }
    }
  }
}
