package dev.tintype.image;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * Stores images by key. Every read, write and deletion of an image goes through here, so that
 * images may lie elsewhere than jobs. A key is used for one image only and never written again with
 * other bytes. Thread-safe; answers on the caller's context.
 */
public interface ImageStore {
  /** Largest part of an image that is moved at once, and held in memory. */
  int PART_BYTES = 1 << 20;

  /**
   * Stores an image. It can be read as soon as all of it is stored, and not before. May be repeated
   * with the same bytes.
   *
   * @param keep the image expires after this time even if nobody deletes it
   */
  Future<Void> put(String key, Buffer image, Duration keep);

  /**
   * Stores an image whose bytes arrive over time. The stream is paused while a part is on its way
   * to the store. If it fails, so does this, and nothing can be read.
   *
   * @param image may be paused already; it is read to its end
   */
  Future<Void> put(String key, ReadStream<Buffer> image, Duration keep);

  /** All bytes of an image, as {@link #open(String, long, long)}. */
  default Future<Optional<StoredImage>> open(String key) {
    return open(key, 0, Long.MAX_VALUE);
  }

  /**
   * Opens a range of an image.
   *
   * @param from first byte, from 0
   * @param to last byte, inclusive; may be beyond the end
   * @return empty if there is no such image
   */
  Future<Optional<StoredImage>> open(String key, long from, long to);

  /** Size in bytes; empty if there is no such image. */
  Future<Optional<Long>> size(String key);

  /** Deletes images, and what an unfinished {@code put} left behind. Unknown keys are ignored. */
  Future<Void> delete(Collection<String> keys);
}
