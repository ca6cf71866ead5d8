package dev.tintype.redis.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.Priority;
import dev.tintype.capture.Schedule;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.QueueSteps;
import dev.tintype.testing.RedisServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A priority is a head start. Nobody waits for ten minutes here: a job is made older by moving it
 * in its queue, to where it would be had it come earlier.
 */
class RankTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS);

  @Test
  void aRankIsTheTimeOfSubmissionAndWhatThePriorityAdds() {
    for (Priority priority : Priority.values()) {
      JobId id = submit(priority);
      var job = job(id);

      Duration added =
          Duration.ofMillis(rank(id) / 1_000).minusMillis(job.createdAt().toEpochMilli());

      assertThat(added).isBetween(priority.handicap(), priority.handicap().plusMillis(1));
    }
  }

  @Test
  void ranksAreDifferentHoweverFastTheyCome() {
    JobId first = submit(Priority.NORMAL);
    // As when the clock of Redis is set back by an hour.
    redis()
        .run(
            commands ->
                commands.hincrby(keys().totals(), "rank", Duration.ofHours(1).toMillis() * 1_000))
        .await();

    JobId second = submit(Priority.NORMAL);
    JobId third = submit(Priority.NORMAL);

    assertThat(rank(second)).isGreaterThan(rank(first));
    assertThat(rank(third)).isEqualTo(rank(second) + 1);
  }

  @Test
  void aLowJobWaitsForTenMinutesBehindNormalOnesAndNotForEver() {
    JobId low = submit(Priority.LOW);
    JobId normal = submit(Priority.NORMAL);
    cameEarlier(low, Duration.ofMinutes(11));

    assertThat(claimedJob()).isEqualTo(low);
    assertThat(claimedJob()).isEqualTo(normal);
  }

  @Test
  void aLowJobThatCameNineMinutesBeforeStillWaits() {
    JobId low = submit(Priority.LOW);
    JobId normal = submit(Priority.NORMAL);
    JobId high = submit(Priority.HIGH);
    cameEarlier(low, Duration.ofMinutes(9));

    assertThat(claimedJob()).isEqualTo(high);
    assertThat(claimedJob()).isEqualTo(normal);
    assertThat(claimedJob()).isEqualTo(low);
  }

  @Test
  void aLowJobForLaterIsRankedByWhenItIsDueAndNotByWhenItWasSubmitted() {
    var halfAnHour = Duration.ofMinutes(30);
    var later = new Schedule(Priority.LOW, Instant.now().plus(halfAnHour), null, null);
    JobId job = submit(later);
    isDueAfter(job, halfAnHour);
    JobId high = submit(Priority.HIGH);

    assertThat(claimedJob()).isEqualTo(high);
    assertThat(claimedJob()).isEqualTo(job);
  }

  private JobId submit(Priority priority) {
    return submit(QueueSteps.of(priority));
  }

  private long rank(JobId id) {
    return Long.parseLong(redis().run(commands -> commands.hget(keys().job(id), "rank")).await());
  }

  /** As when so much time passed that its time has come. */
  private void isDueAfter(JobId id, Duration passed) {
    redis()
        .run(commands -> commands.hincrby(keys().job(id), "rank", -passed.toMillis() * 1_000))
        .await();
    redis()
        .run(
            commands ->
                commands.zincrby(
                    keys().prefix() + "scheduled", (double) -passed.toMillis(), id.value()))
        .await();
  }

  private void cameEarlier(JobId id, Duration by) {
    long micros = -by.toMillis() * 1_000;
    redis().run(commands -> commands.hincrby(keys().job(id), "rank", micros)).await();
    redis()
        .run(
            commands ->
                commands.zincrby(
                    keys().prefix() + "q:" + Tenant.DEFAULT, (double) micros, id.value()))
        .await();
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
