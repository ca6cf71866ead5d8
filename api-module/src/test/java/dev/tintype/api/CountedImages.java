package dev.tintype.api;

import dev.tintype.image.ImageStore;
import dev.tintype.image.StoredImage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the parts of images that are read from a store. */
record CountedImages(ImageStore images, AtomicLong parts) implements ImageStore {
  @Override
  public Future<Void> put(String key, Buffer image, Duration keep) {
    return images.put(key, image, keep);
  }

  @Override
  public Future<Void> put(String key, ReadStream<Buffer> image, Duration keep) {
    return images.put(key, image, keep);
  }

  @Override
  public Future<Optional<StoredImage>> open(String key, long from, long to) {
    return images
        .open(key, from, to)
        .map(
            found ->
                found.map(
                    image ->
                        new StoredImage(image.size(), new CountedParts(image.content(), parts))));
  }

  @Override
  public Future<Optional<Long>> size(String key) {
    return images.size(key);
  }

  @Override
  public Future<Void> delete(Collection<String> keys) {
    return images.delete(keys);
  }

  private record CountedParts(ReadStream<Buffer> stream, AtomicLong parts)
      implements ReadStream<Buffer> {
    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
      stream.handler(
          handler == null
              ? null
              : part -> {
                parts.incrementAndGet();
                handler.handle(part);
              });
      return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
      stream.exceptionHandler(handler);
      return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
      stream.endHandler(handler);
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      stream.pause();
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      stream.resume();
      return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      stream.fetch(amount);
      return this;
    }
  }
}
