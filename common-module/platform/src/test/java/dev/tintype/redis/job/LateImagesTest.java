package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.image.ImageStore;
import dev.tintype.image.StoredImage;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Retention;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Images of attempts that ended without a result. */
class LateImagesTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final Duration DAY = Duration.ofDays(1);

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS_AND_IMAGES);

  @Test
  void imagesOfEveryAttemptThatEndedWithoutResultAreDeletedLater() {
    Map<String, Consumer<Assignment>> ends = new LinkedHashMap<>();
    ends.put("failed", each -> queue().fail(each.lease(), TIMED_OUT, Optional.empty()).await());
    ends.put("retried", each -> queue().fail(each.lease(), TIMED_OUT, Optional.of(DAY)).await());
    ends.put("cancelled", each -> store().cancel(each.lease().job()).await());
    ends.put("forgotten", each -> store().delete(each.lease().job()).await());
    ends.put("released", each -> queue().release(each.lease()).await());
    ends.put("lost", each -> QueueAccess.untilAny(() -> upkeep().reclaimExpired(10).await()));
    ends.forEach(
        (how, end) -> {
          submit(aJob());
          Assignment assignment = claim();
          queue().reserveImages(assignment.lease(), 2).await();
          images().put(assignment.imageKey(), Buffer.buffer("png"), DAY).await();
          end.accept(assignment);
          // The worker had not heard of it yet.
          images().put(assignment.imageKey(1), Buffer.buffer("png"), DAY).await();

          assertThat(upkeep().deleteGarbage(10).await()).as(how).isZero();
          aMinutePasses();
          assertThat(upkeep().deleteGarbage(10).await()).as(how).isEqualTo(2);
          assertThat(images().size(assignment.imageKey()).await()).as(how).isEmpty();
          assertThat(images().size(assignment.imageKey(1)).await()).as(how).isEmpty();
          tryClaim().ifPresent(again -> store().delete(again.lease().job()).await());
          aMinutePasses();
          upkeep().deleteGarbage(10).await();
        });
  }

  @Test
  void imageIsDeletedByOneProcessOnly() {
    for (int i = 0; i < 20; i++) {
      submit(aJob());
      store().delete(completed().lease().job()).await();
    }

    List<Future<Integer>> deleted =
        Stream.generate(() -> upkeep().deleteGarbage(5)).limit(8).toList();
    Future.all(deleted).await();

    assertThat(deleted.stream().mapToInt(Future::result).sum()).isEqualTo(20);
    assertThat(redis().run(commands -> commands.zcard(keys().garbage())).await()).isZero();
  }

  @Test
  void imageIsNotForgottenWhenItsDeletionFails() {
    submit(aJob());
    Assignment assignment = completed();
    store().delete(assignment.lease().job()).await();
    var broken =
        new RedisUpkeep(
            redis(), rig.namespace(), new ReadOnlyImages(images()), Retention.ofAge(DAY), DAY);

    assertThatThrownBy(() -> broken.deleteGarbage(10).await()).hasMessage("read-only");

    assertThat(upkeep().deleteGarbage(10).await()).as("it is taken").isZero();
    aMinutePasses();
    assertThat(upkeep().deleteGarbage(10).await()).isEqualTo(1);
    assertThat(images().size(assignment.imageKey()).await()).isEmpty();
  }

  private Assignment completed() {
    Assignment assignment = claim();
    putImage(assignment);
    complete(assignment);
    return assignment;
  }

  /** A store whose images cannot be deleted. */
  private record ReadOnlyImages(ImageStore images) implements ImageStore {
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
      return images.open(key, from, to);
    }

    @Override
    public Future<Optional<Long>> size(String key) {
      return images.size(key);
    }

    @Override
    public Future<Void> delete(Collection<String> keys) {
      return Future.failedFuture("read-only");
    }
  }

  /** For what waits to be deleted. */
  private void aMinutePasses() {
    List<String> waiting =
        redis().run(commands -> commands.zrange(keys().garbage(), 0, -1)).await();
    for (String image : waiting) {
      redis().run(commands -> commands.zincrby(keys().garbage(), -60_000, image)).await();
    }
  }

  /** Leases end at once, so that one can be lost. */
  @Override
  public JobQueue queue() {
    return queueWith(Duration.ofMillis(1), 10);
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
