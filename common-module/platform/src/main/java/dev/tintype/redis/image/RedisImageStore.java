package dev.tintype.redis.image;

import dev.tintype.image.ImageStore;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Images as Redis strings. */
public final class RedisImageStore implements ImageStore {
  private final RedisConnections redis;
  private final Keys keys;

  public RedisImageStore(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  @Override
  public Future<Void> put(String key, Buffer image, Duration keep) {
    byte[] millis = Long.toString(keep.toMillis()).getBytes(StandardCharsets.US_ASCII);
    return Script.PUT_IMAGE
        .runWithBytes(redis, keys.image(key), image.getBytes(), millis)
        .mapEmpty();
  }

  @Override
  public Future<Optional<Buffer>> open(String key, long from, long to) {
    return redis
        .runWithBytes(commands -> commands.getrange(keys.image(key), from, to))
        // Redis answers a missing key with no bytes, and no image is empty.
        .map(bytes -> bytes.length == 0 ? Optional.empty() : Optional.of(Buffer.buffer(bytes)));
  }

  @Override
  public Future<Optional<Long>> size(String key) {
    return redis
        .runWithBytes(commands -> commands.strlen(keys.image(key)))
        .map(size -> size == 0 ? Optional.empty() : Optional.of(size));
  }

  @Override
  public Future<Void> delete(String key) {
    return redis.runWithBytes(commands -> commands.unlink(keys.image(key))).mapEmpty();
  }
}
