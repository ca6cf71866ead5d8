package dev.tintype.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns(2);
  private final List<Integer> begun = new ArrayList<>();

  @Test
  void soManyWorkAtOnceAndTheOthersAfterThemInTheirOrder() {
    for (int i = 0; i < 4; i++) {
      int number = i;
      turns.take(() -> begun.add(number));
    }
    assertThat(begun).containsExactly(0, 1);

    turns.giveBack();
    assertThat(begun).containsExactly(0, 1, 2);
    turns.giveBack();
    assertThat(begun).containsExactly(0, 1, 2, 3);
  }

  @Test
  void workThatNeedsNoTimeNeedsNoStackEither() {
    turns.take(() -> begun.add(-1));
    turns.take(() -> begun.add(-2));
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      turns.take(
          () -> {
            begun.add(number);
            turns.giveBack();
          });
    }
    turns.giveBack();

    assertThat(begun).hasSize(100_002).endsWith(99_999);
  }
}
