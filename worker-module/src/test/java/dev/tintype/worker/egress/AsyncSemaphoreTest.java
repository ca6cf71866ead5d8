package dev.tintype.worker.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncSemaphoreTest {
  private final AsyncSemaphore semaphore = new AsyncSemaphore(2);
  private final List<Integer> begun = new ArrayList<>();

  @Test
  void waitingWorkRunsInOrderAsPermitsAreReleased() {
    for (int i = 0; i < 4; i++) {
      int number = i;
      semaphore.acquire(() -> begun.add(number));
    }
    assertThat(begun).containsExactly(0, 1);

    semaphore.release();
    assertThat(begun).containsExactly(0, 1, 2);
    semaphore.release();
    assertThat(begun).containsExactly(0, 1, 2, 3);
  }

  @Test
  void workThatReleasesAtOnceNeedsNoStack() {
    semaphore.acquire(() -> begun.add(-1));
    semaphore.acquire(() -> begun.add(-2));
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      semaphore.acquire(
          () -> {
            begun.add(number);
            semaphore.release();
          });
    }
    semaphore.release();

    assertThat(begun).hasSize(100_002).endsWith(99_999);
  }
}
