package dev.tintype.worker.browser;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BrowserLaunchTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void waitForOtherLaunchesHasALimit() {
    var oneAtATime = new ReentrantLock();
    CompletableFuture.runAsync(oneAtATime::lock).join();
    var launch = new BrowserLaunch(BrowserSettings.defaults(), oneAtATime);
    var watchdog = new Watchdog(vertx, vertx.getOrCreateContext(), "none");

    assertThatThrownBy(() -> launch.start(watchdog, Duration.ofMillis(20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("other browsers took longer than 20 ms to start");
  }
}
