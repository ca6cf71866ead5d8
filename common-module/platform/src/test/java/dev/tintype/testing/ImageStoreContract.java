package dev.tintype.testing;

import static dev.tintype.image.ImageStore.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.image.EachPart;
import dev.tintype.image.ImageStore;
import dev.tintype.image.StoredImage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour of every image store. */
public abstract class ImageStoreContract {
  /** Several parts, the last of which is not full. */
  private static final int LARGE = 3 * PART_BYTES + 12_345;

  private static final Duration HOUR = Duration.ofHours(1);

  private final String key = "image:" + UUID.randomUUID();

  /** The store, empty of the keys of this test. */
  protected abstract ImageStore images();

  protected abstract Vertx vertx();

  @ParameterizedTest
  @ValueSource(ints = {1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES, LARGE})
  void imageIsReadAsItWasStored(int bytes) {
    Buffer image = someBytes(bytes);

    images().put(key, image, HOUR).await();

    assertThat(images().size(key).await()).contains((long) bytes);
    assertThat(ImageBytes.of(images(), key)).contains(image);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES, LARGE})
  void streamedImageIsReadAsItWasStored(int bytes) {
    Buffer image = someBytes(bytes);

    images().put(key, new PacedStream(chunks(image, 100_003), null), HOUR).await();

    assertThat(images().size(key).await()).contains((long) bytes);
    assertThat(ImageBytes.of(images(), key)).contains(image);
  }

  @Test
  void streamWithChunksLargerThanPartsIsStored() {
    Buffer image = someBytes(LARGE);

    images().put(key, new PacedStream(List.of(image), null), HOUR).await();

    assertThat(ImageBytes.of(images(), key)).contains(image);
  }

  @Test
  void rangeHasBothEnds() {
    Buffer image = someBytes(LARGE);
    images().put(key, image, HOUR).await();

    assertThat(ImageBytes.of(images(), key, 0, 0)).contains(image.getBuffer(0, 1));
    assertThat(ImageBytes.of(images(), key, 10, 19)).contains(image.getBuffer(10, 20));
    assertThat(ImageBytes.of(images(), key, PART_BYTES - 5, 2L * PART_BYTES + 5))
        .contains(image.getBuffer(PART_BYTES - 5, 2 * PART_BYTES + 6));
    assertThat(ImageBytes.of(images(), key, LARGE - 3, LARGE + 100))
        .contains(image.getBuffer(LARGE - 3, LARGE));
    assertThat(images().open(key, 10, 19).await().orElseThrow().size()).isEqualTo(LARGE);
  }

  @Test
  void unknownImageIsAbsent() {
    assertThat(images().open(key).await()).isEmpty();
    assertThat(images().size(key).await()).isEmpty();
    images().delete(List.of(key)).await();
    images().delete(List.of()).await();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, LARGE})
  void repeatedPutChangesNothing(int bytes) {
    Buffer image = someBytes(bytes);
    images().put(key, image, HOUR).await();

    images().put(key, image, HOUR).await();

    assertThat(ImageBytes.of(images(), key)).contains(image);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, LARGE})
  void imageExpires(int bytes) {
    images().put(key, someBytes(bytes), Duration.ofMillis(1)).await();

    Eventually.holds(
        "the end of the image", Duration.ofSeconds(10), () -> images().size(key).await().isEmpty());
  }

  @Test
  void deletedImagesAreGone() {
    List<String> keys = IntStream.range(0, 20).mapToObj(i -> key + "." + i).toList();
    keys.forEach(each -> images().put(each, someBytes(10), HOUR).await());
    images().put(key, someBytes(LARGE), HOUR).await();

    images().delete(keys).await();

    assertThat(keys).allMatch(each -> images().size(each).await().isEmpty());
    assertThat(images().size(key).await()).isPresent();
    images().delete(List.of(key)).await();
    assertThat(images().open(key).await()).isEmpty();
  }

  @Test
  void failedStreamLeavesNoImage() {
    Buffer image = someBytes(LARGE);
    var broken = new PacedStream(chunks(image, 1_000_000), new IOException("cut"));

    assertThatThrownBy(() -> images().put(key, broken, HOUR).await()).hasMessage("cut");

    assertThat(images().open(key).await()).isEmpty();
    assertThat(images().size(key).await()).isEmpty();
    // What was left behind is not in the way of another attempt.
    images().put(key, image, HOUR).await();
    assertThat(ImageBytes.of(images(), key)).contains(image);
  }

  @Test
  void emptyImageIsRefused() {
    assertThatThrownBy(() -> images().put(key, Buffer.buffer(), HOUR).await())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> images().put(key, new PacedStream(List.of(), null), HOUR).await())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sourceIsAskedForOneChunkAtTime() {
    var source = new PacedStream(chunks(someBytes(LARGE), 10_000), null);

    images().put(key, source, HOUR).await();

    assertThat(source.greatestDemand()).isEqualTo(1);
  }

  @Test
  void pausedReaderIsGivenOnePart() {
    images().put(key, someBytes(LARGE), HOUR).await();
    StoredImage image = images().open(key).await().orElseThrow();
    List<Buffer> taken = new ArrayList<>();
    Promise<Void> first = Promise.promise();
    vertx()
        .runOnContext(
            go ->
                image
                    .content()
                    .handler(
                        part -> {
                          taken.add(part);
                          first.tryComplete();
                        })
                    .fetch(1));
    first.future().await();

    // Answered behind any read that was already on its way.
    IntStream.range(0, 20).forEach(i -> images().size(key).await());

    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).length()).isLessThanOrEqualTo(PART_BYTES);
  }

  @Test
  void readingFailsWhenImageIsDeletedMeanwhile() {
    images().put(key, someBytes(LARGE), HOUR).await();

    Future<Void> read =
        images()
            .open(key)
            .compose(
                image ->
                    EachPart.of(
                        image.orElseThrow().content(), part -> images().delete(List.of(key))));

    assertThatThrownBy(read::await).isInstanceOf(IOException.class);
  }

  @Test
  void uploadsAtTheSameTimeStayApart() {
    List<Buffer> all = IntStream.range(0, 8).mapToObj(i -> someBytes(LARGE + i)).toList();
    List<Future<Void>> puts = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      var stream = new PacedStream(chunks(all.get(i), 700_000), null);
      puts.add(images().put(key + "." + i, stream, HOUR));
    }

    Future.all(puts).await();

    for (int i = 0; i < all.size(); i++) {
      assertThat(ImageBytes.of(images(), key + "." + i)).contains(all.get(i));
    }
  }

  private static Buffer someBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  private static List<Buffer> chunks(Buffer image, int bytes) {
    List<Buffer> chunks = new ArrayList<>();
    for (int from = 0; from < image.length(); from += bytes) {
      chunks.add(image.getBuffer(from, Math.min(image.length(), from + bytes)));
    }
    return chunks;
  }
}
