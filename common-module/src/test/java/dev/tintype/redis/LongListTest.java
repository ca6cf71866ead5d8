package dev.tintype.redis;

import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.queue.JobList.Filter;
import dev.tintype.queue.JobList.Page;
import dev.tintype.redis.QueueRig.Audit;
import dev.tintype.testing.QueueSteps;
import dev.tintype.testing.RedisServer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page has its bounds, however long the list is: two looks at ten jobs each, here. */
class LongListTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS);

  private RedisJobList list;
  private JobId one;

  @BeforeEach
  void oneBehindTwentyFiveOthers() {
    list = new RedisJobList(redis(), rig.namespace(), 10, 2);
    one = submit(QueueSteps.oldest(QueueSteps.on("https://one.example/", A)));
    submitAll(Stream.generate(() -> aJobOf(A)).limit(25).toList());
  }

  @Test
  void aPageGoesOnLookingWhereItsFirstLookFoundNothing() {
    Page others = page("example.com", null, 12);

    assertThat(others.jobs()).hasSize(12);
    assertThat(others.cursor()).isEqualTo(others.jobs().get(11).id());
  }

  @Test
  void aPageThatHasLookedEnoughHasACursorAndTheNextGoesOnFromThere() {
    Page first = page("one.example", null, 10);
    assertThat(first.jobs()).isEmpty();

    Page second = page("one.example", first.cursor(), 10);
    assertThat(second.jobs()).extracting(Job::id).containsExactly(one);
    assertThat(second.cursor()).isNull();
  }

  @Test
  void aPageThatIsFullLooksNoFurther() {
    Page five = page("example.com", null, 5);

    assertThat(five.jobs()).hasSize(5);
    assertThat(five.cursor()).isEqualTo(five.jobs().get(4).id());
  }

  @Test
  void aPageOfEverythingTakesOneLook() {
    Page all = list.list(A, new Filter(null, null, null, null, null, 26)).await();

    assertThat(all.jobs()).hasSize(26);
  }

  private Page page(String host, @Nullable JobId cursor, int limit) {
    return list.list(A, new Filter(null, host, null, null, cursor, limit)).await();
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
