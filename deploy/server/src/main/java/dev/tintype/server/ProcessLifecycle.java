package dev.tintype.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a server process until it gets a signal, then stops its parts in the reverse order of their
 * start. A signal during the start also stops the parts that exist, because child processes would
 * otherwise outlive this one.
 */
final class ProcessLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ProcessLifecycle.class);
  private static final Duration VERTX_LIMIT = Duration.ofSeconds(10);
  private static final long START_LIMIT_SECONDS = 10;

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final Thread starter = Thread.currentThread();
  private final CountDownLatch startEnded = new CountDownLatch(1);
  private boolean stopping;
  private boolean startFailed;

  /** Starts the parts of a process, and registers the stop action of each as soon as it exists. */
  interface Parts {
    void start(Vertx vertx, ProcessLifecycle lifecycle) throws Exception;
  }

  private ProcessLifecycle() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopByHook, "shutdown"));
  }

  /**
   * Starts the parts and blocks for ever; SIGTERM and Ctrl-C stop the parts and exit with 0.
   *
   * @return never; declared for commands, which return their exit code
   * @throws Exception the failure of the start, after all started parts were stopped
   */
  static int run(Parts parts) throws Exception {
    var process = new ProcessLifecycle();
    try {
      Vertx vertx = Vertx.vertx();
      process.onStop("vertx", VERTX_LIMIT, vertx::close);
      parts.start(vertx, process);
    } catch (Throwable e) { // Also errors: no browser or Redis may be left behind.
      if (process.stopAfterFailure()) {
        throw e;
      }
      // A signal during the start makes the start fail; that is not worth reporting.
    } finally {
      process.startEnded.countDown();
    }
    sleepUntilTheHookEndsTheProcess();
    return 0;
  }

  /** Registers how a part is stopped. A stop that exceeds the limit is abandoned. */
  void onStop(String part, Duration limit, Supplier<? extends Future<?>> stop) {
    onStop(
        part,
        () -> {
          try {
            stop.get().await(limit.toMillis(), TimeUnit.MILLISECONDS);
          } catch (TimeoutException e) {
            log.warn("event=stop_given_up part={} limit={}s", part, limit.toSeconds());
          }
        });
  }

  /**
   * Registers how a part is stopped. A part that starts after the signal is stopped at once.
   *
   * @param stop blocks until the part has stopped, with a time limit of its own
   */
  synchronized void onStop(String part, Runnable stop) {
    stops.push(() -> quietly(part, stop));
    if (stopping) {
      stopParts();
    }
  }

  /** Stops the started parts, unless a signal came before the failure. */
  private synchronized boolean stopAfterFailure() {
    if (stopping) {
      return false;
    }
    startFailed = true;
    stopParts();
    return true;
  }

  private synchronized void stopParts() {
    stopping = true;
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
  }

  private void stopByHook() {
    synchronized (this) {
      if (startFailed) {
        // All parts were stopped; the exit code is that of the failure.
        return;
      }
      stopParts();
    }
    awaitEndOfStart();
    log.info("event=stopped");
    // The only way for a hook to set the exit code; an orderly stop is a success.
    Runtime.getRuntime().halt(0);
  }

  /** A running start may still create a part, which is then stopped at once. */
  private void awaitEndOfStart() {
    starter.interrupt();
    try {
      if (!startEnded.await(START_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        log.warn("event=start_not_ended limit={}s", START_LIMIT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleepUntilTheHookEndsTheProcess() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException stopping) {
        // Interrupted by the hook, which ends the process.
      }
    }
  }

  private static void quietly(String part, Runnable stop) {
    try {
      stop.run();
    } catch (Exception e) { // Vert.x throws checked ones through await.
      log.warn("event=stop_failed part={}", part, e);
    }
  }
}
