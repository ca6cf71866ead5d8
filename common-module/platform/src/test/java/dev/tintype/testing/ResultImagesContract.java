package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aJobOf;
import static dev.tintype.testing.Fixtures.aResultOf;
import static dev.tintype.testing.Fixtures.anImage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.JobId;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.QueueUpkeep.Trimmed;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Tombstone.Reason;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs with several images: published together, counted together, deleted together. */
public interface ResultImagesContract extends QueueSteps {
  @Test
  default void resultCarriesAllImagesInOrder() {
    submit(aJob());
    Assignment assignment = claim();
    CaptureResult result = resultOf(assignment, 100, 20, 3);

    assertThat(queue().reserveImages(assignment.lease(), 3).await()).isEqualTo(LeaseReply.OK);
    assertThat(queue().complete(assignment.lease(), result).await()).isEqualTo(LeaseReply.OK);

    assertThat(job(assignment.lease().job()).result()).isEqualTo(result);
    assertThat(result.bytes()).isEqualTo(123);
  }

  @Test
  default void keysOfTheImagesOfAnAttemptDiffer() {
    submit(aJob());
    Assignment assignment = claim();

    assertThat(IntStream.range(0, 5).mapToObj(assignment::imageKey).distinct()).hasSize(5);
  }

  @Test
  default void byteLimitsCountAllImages() {
    JobId first = succeeded(aJobOf(A), 60, 40);
    JobId second = succeeded(aJobOf(A), 60, 40);
    long many = Long.MAX_VALUE;
    Duration day = Duration.ofDays(1);

    assertThat(upkeep(new Retention(day, many, 200, many, 200)).trimFinished(10).await()).isEmpty();
    assertThat(upkeep(new Retention(day, many, 199, many, many)).trimFinished(10).await())
        .containsExactly(new Trimmed(first, Reason.BYTES));
    assertThat(upkeep(new Retention(day, many, many, many, 99)).trimFinished(10).await())
        .containsExactly(new Trimmed(second, Reason.TENANT_BYTES));
    assertThat(upkeep().deleteGarbage(10).await()).isEqualTo(4);
  }

  @Test
  default void deletingJobDeletesAllItsImages() {
    submit(aJob());
    Assignment kept = completedWithImages(3);
    submit(aJob());
    Assignment deleted = completedWithImages(3);

    store().delete(deleted.lease().job()).await();

    assertThat(upkeep().deleteGarbage(10).await()).isEqualTo(3);
    assertThat(storedImages(deleted, 3)).isZero();
    assertThat(storedImages(kept, 3)).isEqualTo(3);
  }

  @Test
  default void nextAttemptStartsWithoutReservation() {
    submit(aJob());
    Assignment first = claim();
    queue().reserveImages(first.lease(), 3).await();
    queue().release(first.lease()).await();
    Assignment second = claim();

    complete(second);
    store().delete(second.lease().job()).await();

    // Those of the first attempt are waited for; the second stored one.
    assertThat(upkeep().deleteGarbage(10).await()).isEqualTo(1);
  }

  @Test
  default void imagesOfEndedAttemptCannotBeReserved() {
    submit(aJob());
    Assignment lost = claim();
    queue().release(lost.lease()).await();
    assertThat(queue().reserveImages(lost.lease(), 2).await()).isEqualTo(LeaseReply.LEASE_LOST);

    Assignment cancelled = claim();
    assertThat(queue().reserveImages(lost.lease(), 2).await()).isEqualTo(LeaseReply.LEASE_LOST);
    store().cancel(cancelled.lease().job()).await();
    assertThat(queue().reserveImages(cancelled.lease(), 2).await()).isEqualTo(LeaseReply.CANCELLED);

    submit(aJob());
    Assignment completed = claim();
    complete(completed);
    assertThat(queue().reserveImages(completed.lease(), 2).await())
        .isEqualTo(LeaseReply.LEASE_LOST);
  }

  /** Submits a job and ends it with images of so many bytes. */
  private JobId succeeded(NewJob job, long... bytes) {
    submit(job);
    Assignment assignment = claim();
    queue().reserveImages(assignment.lease(), bytes.length).await();
    queue().complete(assignment.lease(), resultOf(assignment, bytes)).await();
    return assignment.lease().job();
  }

  private Assignment completedWithImages(int count) {
    Assignment assignment = claim();
    queue().reserveImages(assignment.lease(), count).await();
    for (int i = 0; i < count; i++) {
      images()
          .put(assignment.imageKey(i), Buffer.buffer("image " + i), Duration.ofHours(1))
          .await();
    }
    long[] bytes = IntStream.range(0, count).mapToLong(i -> 7).toArray();
    queue().complete(assignment.lease(), resultOf(assignment, bytes)).await();
    return assignment;
  }

  private long storedImages(Assignment assignment, int count) {
    return IntStream.range(0, count)
        .filter(i -> images().size(assignment.imageKey(i)).await().isPresent())
        .count();
  }

  private static CaptureResult resultOf(Assignment assignment, long... bytes) {
    return aResultOf(
        IntStream.range(0, bytes.length)
            .mapToObj(i -> anImage("image-" + i, assignment.imageKey(i), bytes[i]))
            .toArray(CaptureResult.Image[]::new));
  }
}
