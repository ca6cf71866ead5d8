package dev.tintype.redis.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.image.ImageStore;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.ImageStoreContract;
import dev.tintype.testing.PacedStream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract over one Redis, which a subclass chooses. */
abstract class RedisImageStoreContract extends ImageStoreContract {
  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;
  private RedisImageStore images;

  abstract String uri();

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, uri(), Patience.PATIENT).await();
    images = new RedisImageStore(redis, namespace);
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Override
  protected ImageStore images() {
    return images;
  }

  @Override
  protected Vertx vertx() {
    return vertx;
  }

  @Test
  void unfinishedUploadExpiresAndIsDeletedWithItsKey() {
    String parts = new Keys(namespace).imageParts("cut");
    Buffer image = Buffer.buffer(new byte[3 * ImageStore.PART_BYTES]);
    var cut = new PacedStream(List.of(image), new IOException("cut"));
    assertThatThrownBy(() -> images.put("cut", cut, Duration.ofHours(1)).await()).hasMessage("cut");
    assertThat(redis.run(commands -> commands.strlen(parts)).await()).isPositive();
    assertThat(redis.run(commands -> commands.pttl(parts)).await()).isPositive();

    images.delete(List.of("cut")).await();

    assertThat(redis.run(commands -> commands.exists(parts)).await()).isZero();
  }

  @Test
  void uploadWhosePartsWereLostFails() {
    String parts = new Keys(namespace).imageParts("lost");
    Buffer image = Buffer.buffer(new byte[3 * ImageStore.PART_BYTES]);
    var cut = new PacedStream(List.of(image), new IOException("cut"));
    assertThatThrownBy(() -> images.put("lost", cut, Duration.ofHours(1)).await())
        .hasMessage("cut");
    redis.run(commands -> commands.unlink(parts)).await();

    String reply =
        Script.PUT_IMAGE_PART
            .runWithBytes(
                redis,
                List.of(parts, new Keys(namespace).image("lost")),
                text("rest"),
                text("1000"),
                text("60000"),
                text("1004"))
            .await();

    assertThat(reply).isEqualTo("LOST");
    assertThat(images.size("lost").await()).isEmpty();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
