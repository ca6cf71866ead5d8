package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.QueueUpkeep.Trimmed;
import dev.tintype.queue.Retention;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key that a hand deleted, or an eviction: the queue goes on without it. */
class LostHashTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.NOTHING);

  @Test
  void aTenantThatIsLostIsServedAsTheOthersAre() {
    List<JobId> submitted = new ArrayList<>();
    for (Tenant tenant : List.of(A, B, A, B)) {
      submitted.add(submit(aJobOf(tenant)));
    }

    lose(keys().prefix() + "tenant:" + A);

    List<JobId> claimed = new ArrayList<>();
    for (int i = 0; i < submitted.size(); i++) {
      claimed.add(claimedJob());
    }
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(submitted);
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  void aTenantThatIsLostWhileItsJobRunsIsServedAfterIt() {
    submit(aJobOf(A));
    JobId second = submit(aJobOf(A));
    var running = claim();

    lose(keys().prefix() + "tenant:" + A);

    complete(running);
    assertThat(claimedJob()).isEqualTo(second);
  }

  @Test
  void aFinishedJobThatIsLostIsForgottenOnceAndTheLimitsHold() {
    List<JobId> ofA = finished(A);
    List<JobId> ofB = finished(B);
    lose(keys().job(ofA.get(0)));
    var two =
        upkeep(new Retention(Duration.ofDays(1), Long.MAX_VALUE, Long.MAX_VALUE, 2, 1_000_000));

    List<JobId> forgotten = two.trimFinished(100).await().stream().map(Trimmed::job).toList();

    assertThat(forgotten).doesNotHaveDuplicates().hasSizeLessThan(100);
    assertThat(forgotten).contains(ofA.get(1), ofA.get(2), ofB.get(0), ofB.get(1), ofB.get(2));
    assertThat(two.trimFinished(100).await()).isEmpty();
    for (List<JobId> jobs : List.of(ofA, ofB)) {
      assertThat(jobs.stream().filter(id -> store().find(id).await().isPresent()))
          .containsExactlyElementsOf(jobs.subList(3, 5));
    }
  }

  @Test
  void aFinishedJobThatIsLostDoesNotKeepImagesAboveTheirLimit() {
    List<JobId> ofA = finished(A);
    lose(keys().job(ofA.get(0)));
    var few =
        upkeep(new Retention(Duration.ofDays(1), Long.MAX_VALUE, Long.MAX_VALUE, 1_000_000, 7));

    List<JobId> forgotten = few.trimFinished(100).await().stream().map(Trimmed::job).toList();

    assertThat(forgotten).doesNotHaveDuplicates().hasSizeLessThan(100);
    assertThat(few.trimFinished(100).await()).isEmpty();
  }

  private void lose(String key) {
    assertThat(redis().run(commands -> commands.del(key)).await()).isEqualTo(1);
  }

  private List<JobId> finished(Tenant tenant) {
    List<JobId> jobs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      jobs.add(succeeded(aJobOf(tenant), 3));
    }
    return jobs;
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
