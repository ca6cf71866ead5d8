package dev.tintype.redis.image;

import dev.tintype.image.EachPart;
import dev.tintype.image.ImageStore;
import dev.tintype.image.RangeStream;
import dev.tintype.image.StoredImage;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Images as Redis strings. A small image is stored by one command; a large one grows part by part
 * under a key beside its own, and is renamed when it is whole.
 */
public final class RedisImageStore implements ImageStore {
  private final RedisConnections redis;
  private final Keys keys;

  public RedisImageStore(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  @Override
  public Future<Void> put(String key, Buffer image, Duration keep) {
    if (image.length() <= PART_BYTES) {
      return putWhole(key, image, keep);
    }
    var upload = new Upload(key, keep);
    return upload.add(image).compose(added -> upload.finish());
  }

  private Future<Void> putWhole(String key, Buffer image, Duration keep) {
    if (image.length() == 0) {
      return Future.failedFuture(new IllegalArgumentException("an image without bytes"));
    }
    return Script.PUT_IMAGE
        .runWithBytes(redis, List.of(keys.image(key)), image.getBytes(), number(keep.toMillis()))
        .mapEmpty();
  }

  @Override
  public Future<Void> put(String key, ReadStream<Buffer> image, Duration keep) {
    var upload = new Upload(key, keep);
    return EachPart.of(image, upload::add).compose(ended -> upload.finish());
  }

  @Override
  public Future<Optional<StoredImage>> open(String key, long from, long to) {
    // Sent together: a small image takes one round trip.
    Future<Long> size = redis.runWithBytes(commands -> commands.strlen(keys.image(key)));
    Future<Buffer> first = read(key, from, RangeStream.endOfPart(from, to));
    return Future.all(size, first)
        // Redis answers a missing key with no bytes, and no image is empty.
        .map(
            both ->
                size.result() == 0
                    ? Optional.empty()
                    : Optional.of(
                        new StoredImage(
                            size.result(),
                            new RangeStream(
                                (start, end) -> read(key, start, end),
                                from,
                                Math.min(to, size.result() - 1),
                                first.result()))));
  }

  private Future<Buffer> read(String key, long from, long to) {
    return redis
        .<byte[]>runWithBytes(commands -> commands.getrange(keys.image(key), from, to))
        .map(Buffer::buffer);
  }

  @Override
  public Future<Optional<Long>> size(String key) {
    return redis
        .runWithBytes(commands -> commands.strlen(keys.image(key)))
        .map(size -> size == 0 ? Optional.empty() : Optional.of(size));
  }

  @Override
  public Future<Void> delete(Collection<String> names) {
    // One by one: in a cluster they lie on many nodes, and a command for many nodes is not sent
    // again when one of them is not connected yet.
    List<Future<Long>> deleted =
        names.stream()
            .map(
                name ->
                    redis.run(commands -> commands.unlink(keys.image(name), keys.imageParts(name))))
            .toList();
    return Future.all(deleted).mapEmpty();
  }

  private static byte[] number(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** One image on its way. The parts are sent one after the other, the last when all is known. */
  private final class Upload {
    private final String key;
    private final Duration keep;
    private Buffer part = Buffer.buffer();
    private long sent;

    Upload(String key, Duration keep) {
      this.key = key;
      this.keep = keep;
    }

    /** Completes when further bytes can be taken. */
    Future<Void> add(Buffer bytes) {
      int fitting = Math.min(bytes.length(), PART_BYTES - part.length());
      part.appendBuffer(bytes, 0, fitting);
      if (fitting == bytes.length()) {
        return Future.succeededFuture();
      }
      Buffer rest = bytes.slice(fitting, bytes.length());
      return send(new byte[0]).compose(taken -> add(rest));
    }

    /** Makes the image visible. */
    Future<Void> finish() {
      return sent == 0 ? putWhole(key, part, keep) : send(number(sent + part.length()));
    }

    private Future<Void> send(byte[] total) {
      Buffer bytes = part;
      long offset = sent;
      part = Buffer.buffer();
      sent += bytes.length();
      return Script.PUT_IMAGE_PART
          .runWithBytes(
              redis,
              List.of(keys.imageParts(key), keys.image(key)),
              bytes.getBytes(),
              number(offset),
              number(keep.toMillis()),
              total)
          .compose(
              reply ->
                  reply.equals("OK")
                      ? Future.succeededFuture()
                      : Future.failedFuture(
                          new IllegalStateException("parts of an image were lost: " + reply)));
    }
  }
}
