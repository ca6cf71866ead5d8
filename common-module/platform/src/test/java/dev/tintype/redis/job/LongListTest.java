package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.queue.JobList.Filter;
import dev.tintype.queue.JobList.Page;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.QueueSteps;
import dev.tintype.testing.RedisServer;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page has its bounds, however long the list is: ten jobs a look, here. */
class LongListTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS);

  private JobId one;

  @BeforeEach
  void oneBehindTwentyFiveOthers() {
    one = submit(QueueSteps.oldest(QueueSteps.on("https://one.example/", A)));
    submitAll(Stream.generate(() -> aJobOf(A)).limit(25).toList());
  }

  @Test
  void aPageGoesOnLookingWhereItsFirstLookFoundTooFew() {
    Page others = page(Duration.ofMinutes(1), "example.com", null, 12);

    assertThat(others.jobs()).hasSize(12).doesNotHaveDuplicates();
    assertThat(others.cursor()).isEqualTo(others.jobs().get(11).id());
    assertThat(page(Duration.ofMinutes(1), "one.example", null, 12).jobs()).hasSize(1);
  }

  @Test
  void aPageWhoseTimeIsOverHasACursorAndTheNextGoesOnFromThere() {
    JobId cursor = null;
    for (int look = 0; look < 2; look++) {
      Page none = page(Duration.ZERO, "one.example", cursor, 10);
      assertThat(none.jobs()).isEmpty();
      assertThat(none.cursor()).isNotNull().isNotEqualTo(cursor);
      cursor = none.cursor();
    }

    Page last = page(Duration.ZERO, "one.example", cursor, 10);
    assertThat(last.jobs()).extracting(Job::id).containsExactly(one);
    assertThat(last.cursor()).isNull();
  }

  @Test
  void aPageThatIsFullLooksNoFurther() {
    Page five = page(Duration.ofMinutes(1), "example.com", null, 5);

    assertThat(five.jobs()).hasSize(5);
    assertThat(five.cursor()).isEqualTo(five.jobs().get(4).id());
  }

  @Test
  void aPageOfEverythingTakesOneLook() {
    assertThat(page(Duration.ZERO, null, null, 26).jobs()).hasSize(26);
  }

  private Page page(Duration patience, @Nullable String host, @Nullable JobId cursor, int limit) {
    return new RedisJobList(redis(), rig.namespace(), 10, patience)
        .list(A, new Filter(null, host, null, null, cursor, limit))
        .await();
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
