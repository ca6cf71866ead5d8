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
 * Keeps a server process until it is told to stop, then stops its parts in the reverse order of
 * their start. It can be told so while it starts: what a child process holds would outlive it.
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

  /** Starts the parts of a process, and says of each how it is stopped as soon as it is there. */
  interface Parts {
    void start(Vertx vertx, ProcessLifecycle process) throws Exception;
  }

  private ProcessLifecycle() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopByHook, "shutdown"));
  }

  /**
   * Starts the parts and blocks for ever; SIGTERM and Ctrl-C stop the parts and exit with 0.
   *
   * @return never; declared for commands, which return their exit code
   * @throws Exception what the start has failed with, when everything that it began is stopped
   */
  static int run(Parts parts) throws Exception {
    var process = new ProcessLifecycle();
    try {
      Vertx vertx = Vertx.vertx();
      process.onStop("vertx", VERTX_LIMIT, vertx::close);
      parts.start(vertx, process);
    } catch (Throwable e) { // Whatever it is, a browser or a Redis must not be left behind.
      if (process.stopAfterFailure()) {
        throw e;
      }
      // A stop under the start makes the start fail; that is no news.
    } finally {
      process.startEnded.countDown();
    }
    sleepUntilTheHookEndsTheProcess();
    return 0;
  }

  /** Remembers how a part is stopped. A stop that takes longer than the limit is given up. */
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
   * Remembers how a part is stopped. A part that is there only after the order to stop is stopped
   * at once.
   *
   * @param stop blocks until it is done, and has a limit of its own
   */
  synchronized void onStop(String part, Runnable stop) {
    stops.push(() -> quietly(part, stop));
    if (stopping) {
      stopParts();
    }
  }

  /** Stops what was started, unless an order to stop has come before the failure. */
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
        // Nothing is left to stop, and the exit code of the failure stands.
        return;
      }
      stopParts();
    }
    awaitEndOfStart();
    log.info("event=stopped");
    // A hook cannot choose the exit code in another way; an orderly stop is a success.
    Runtime.getRuntime().halt(0);
  }

  /** A start that is under way may yet make a part, and hands it over to be stopped. */
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
        // By the hook; a return from here would be an exit beside it.
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
