package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
