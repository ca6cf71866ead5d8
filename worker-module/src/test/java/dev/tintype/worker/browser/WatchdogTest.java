package dev.tintype.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.worker.browser.BrowserKilledException.Reason;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that waits for something that no end of a process brings. */
@Timeout(120)
class WatchdogTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Vertx vertx = Vertx.vertx();
  private final Watchdog watchdog = new Watchdog(vertx, vertx.getOrCreateContext(), "none");
  private final CountDownLatch never = new CountDownLatch(1);

  WatchdogTest() {
    watchdog.guard(BrowserProcesses.beforeLaunch());
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void blockedThreadIsInterruptedAndItsFlagCleared() {
    assertThatThrownBy(() -> watchdog.during("deadline", SHORT, this::waitForEver))
        .isInstanceOfSatisfying(
            BrowserKilledException.class,
            killed -> assertThat(killed.reason()).isEqualTo(Reason.LIMIT));

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void threadThatBlocksAgainIsInterruptedAgain() {
    assertThatThrownBy(
            () ->
                watchdog.during(
                    "deadline",
                    SHORT,
                    () -> {
                      try {
                        return waitForEver();
                      } catch (IllegalStateException first) {
                        return waitForEver();
                      }
                    }))
        .isInstanceOf(BrowserKilledException.class);
  }

  private boolean waitForEver() {
    try {
      never.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
