package dev.tintype.testing;

import dev.tintype.image.EachPart;
import dev.tintype.image.ImageStore;
import dev.tintype.image.StoredImage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Reads stored images into memory. */
public final class ImageBytes {
  private ImageBytes() {}

  /** All bytes; empty if there is no such image. */
  public static Optional<Buffer> of(ImageStore images, String key) {
    return of(images, key, 0, Long.MAX_VALUE);
  }

  /** Bytes of a range, with both ends. */
  public static Optional<Buffer> of(ImageStore images, String key, long from, long to) {
    return images
        .open(key, from, to)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.<Buffer>empty())
                    : read(found.get()).map(Optional::of))
        .await();
  }

  private static Future<Buffer> read(StoredImage image) {
    Buffer all = Buffer.buffer();
    return EachPart.of(
            image.content(),
            part -> {
              all.appendBuffer(part);
              return Future.succeededFuture();
            })
        .map(all);
  }
}
