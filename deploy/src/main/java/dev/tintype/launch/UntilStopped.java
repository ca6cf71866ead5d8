package dev.tintype.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a server process until it is told to stop, then stops its parts in the reverse order of
 * their start.
 */
final class UntilStopped {
  private static final Logger log = LoggerFactory.getLogger(UntilStopped.class);

  private final Deque<Runnable> stops = new ArrayDeque<>();

  /** Remembers how a part is stopped. The action blocks until it is done. */
  void onStop(Runnable stop) {
    stops.push(stop);
  }

  /** Stops what was started, when the start of the rest has failed. */
  void stopNow() {
    stops.forEach(UntilStopped::quietly);
    stops.clear();
  }

  /** Blocks for ever; SIGTERM and Ctrl-C stop the parts and exit with 0. */
  void await() throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopNow();
                  log.info("event=stopped");
                  // A hook cannot choose the exit code in another way; an orderly stop is a
                  // success.
                  Runtime.getRuntime().halt(0);
                },
                "shutdown"));
    new CountDownLatch(1).await();
  }

  private static void quietly(Runnable stop) {
    try {
      stop.run();
    } catch (RuntimeException e) {
      log.warn("event=stop_failed", e);
    }
  }
}
