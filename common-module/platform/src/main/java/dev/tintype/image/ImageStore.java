package dev.tintype.image;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/** Where images are kept. Thread-safe; answers on the caller's context. */
public interface ImageStore {
  /** Stores an image under a key that is new. It expires by itself after {@code keep}. */
  Future<Void> put(String key, Buffer image, Duration keep);

  /**
   * Part of an image.
   *
   * @param from first byte
   * @param to last byte, inclusive
   * @return empty if the image has gone
   */
  Future<Optional<Buffer>> open(String key, long from, long to);

  /** Size in bytes; empty if the image has gone. */
  Future<Optional<Long>> size(String key);

  /** Forgets the image, if it is there. */
  Future<Void> delete(String key);
}
