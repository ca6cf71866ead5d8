package dev.tintype.api.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a batch may keep its client with questions about what it names. */
class BoundedRoundsTest {
  private static final List<Integer> ALL = IntStream.range(0, 100).boxed().toList();

  private final List<Integer> asked = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  @Test
  void everythingIsAskedAboutInTurnAsLongAsThereIsTime() {
    new BoundedRounds(() -> now).each(ALL, each -> take(each, Duration.ZERO)).await();

    assertThat(asked).isEqualTo(ALL);
  }

  @Test
  void whatThereIsNoTimeForIsLeftToWhoeverDials() {
    new BoundedRounds(() -> now).each(ALL, each -> take(each, Duration.ofMillis(500))).await();

    // Two rounds of eight are eight seconds, and the limit is five.
    assertThat(asked).isEqualTo(ALL.subList(0, 16));
  }

  @Test
  void oneThatFailsIsTheAnswer() {
    var answer =
        new BoundedRounds(() -> now)
            .each(ALL, each -> each == 9 ? Future.failedFuture("no") : take(each, Duration.ZERO));

    assertThat(answer.cause()).hasMessage("no");
    assertThat(asked).hasSizeLessThan(17);
  }

  private Future<Void> take(int each, Duration time) {
    asked.add(each);
    now = now.plus(time);
    return Future.succeededFuture();
  }
}
