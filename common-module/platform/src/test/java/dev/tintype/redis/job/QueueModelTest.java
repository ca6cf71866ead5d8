package dev.tintype.redis.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobState;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.job.ModelRun.CancelJob;
import dev.tintype.redis.job.ModelRun.Claim;
import dev.tintype.redis.job.ModelRun.Reclaim;
import dev.tintype.redis.job.ModelRun.Step;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Stories of workers and clients that nobody thought of, told to a real Redis and to {@link
 * QueueModel}, which must agree on every answer. A story that tells them apart is cut down to the
 * steps that it takes, and printed with its seed.
 *
 * <p>{@code -Dtintype.stories=10000} tells more of them, {@code -Dtintype.seed=1} the same again.
 */
class QueueModelTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  // Some ten seconds on a machine that is busy.
  private static final int STORIES = Integer.getInteger("tintype.stories", 150);
  private static final long SEED = Long.getLong("tintype.seed", System.currentTimeMillis());

  private final Vertx vertx = Vertx.vertx();
  private RedisConnections redis;

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  @Timeout(3_600)
  void theQueueDoesWhatTheModelDoes() {
    System.out.printf("%d stories from the seed %d%n", STORIES, SEED);
    LongStream.range(SEED, SEED + STORIES).forEach(this::tell);
  }

  private void tell(long seed) {
    List<Step> story = Stories.story(seed);
    if (fails(story)) {
      List<Step> shortest = Stories.shortest(story, this::fails);
      String text = shortest.stream().map(Step::toString).collect(Collectors.joining("\n  "));
      // It failed, so that this fails; if it does not, chance has a part in it, which is told, too.
      try {
        told(shortest);
      } catch (AssertionError difference) {
        throw new AssertionError(
            "seed %d tells them apart:\n  %s\n%s".formatted(seed, text, difference.getMessage()),
            difference);
      }
      throw new AssertionError(
          "seed %d tells them apart now and then:\n  %s".formatted(seed, text));
    }
  }

  private boolean fails(List<Step> story) {
    try {
      told(story);
      return false;
    } catch (AssertionError difference) {
      return true;
    }
  }

  private void told(List<Step> story) {
    var run = new ModelRun(redis);
    story.forEach(run::take);
    run.compareJobs();
    assertThat(run.findings()).isEmpty();

    run.workUntilNothingIsLeft();
    assertThat(run.model().jobs.values())
        .allSatisfy(
            job -> assertThat(job.state.isFinal() || job.state == JobState.SCHEDULED).isTrue());
    assertThat(run.findings()).isEmpty();
  }

  @Test
  void aStoryIsCutDownToWhatItTakes() {
    List<Step> story = Stories.story(1);
    story.add(3, new CancelJob(99));
    story.add(new Reclaim());
    story.add(new Claim(true));

    List<Step> shortest =
        Stories.shortest(
            story, steps -> steps.contains(new CancelJob(99)) && steps.contains(new Claim(true)));

    assertThat(shortest).containsExactly(new CancelJob(99), new Claim(true));
  }
}
