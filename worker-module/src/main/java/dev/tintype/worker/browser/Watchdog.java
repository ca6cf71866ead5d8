package dev.tintype.worker.browser;

import dev.tintype.worker.browser.BrowserKilledException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unblocks a browser's thread by killing the processes that it waits for. Playwright for Java waits
 * without a limit of its own (playwright-java#1990: ten workers blocked for 16 hours), so the timer
 * must not be on the thread that it watches: it is on an event loop.
 *
 * <p>If killing the processes does not end the wait, the thread is interrupted. Playwright's reader
 * thread may have died of an {@link Error}, such as a message too large for the heap; a call that
 * waits for a message from it would wait for ever.
 */
final class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  // A thread whose processes were killed notices within milliseconds.
  private static final long INTERRUPT_MILLIS = 2000;

  private final Vertx vertx;
  private final Context loop;
  private final String browser;
  private final AtomicReference<@Nullable Watch> current = new AtomicReference<>();
  private volatile @Nullable BrowserProcesses processes;

  /**
   * @param loop an event loop's context, for the timers
   * @param browser its name, for the log
   */
  Watchdog(Vertx vertx, Context loop, String browser) {
    this.vertx = vertx;
    this.loop = loop;
    this.browser = browser;
  }

  /** Sets the processes to kill from now on. */
  void guard(BrowserProcesses launched) {
    processes = launched;
  }

  /**
   * Runs work on the calling thread, the browser's.
   *
   * @param limit its name, for the log and the message
   * @throws BrowserKilledException if the work failed because its limit passed, or because of
   *     {@link #abort}
   */
  <T> T during(String limit, Duration max, Supplier<T> work) {
    var watch = new Watch(limit, max);
    current.set(watch);
    loop.runOnContext(start -> watch.arm());
    try {
      return work.get();
    } catch (RuntimeException e) {
      Reason killed = watch.killed.get();
      if (killed == null) {
        throw e;
      }
      String why =
          killed == Reason.LIMIT ? " took longer than " + max.toMillis() + " ms" : " aborted";
      throw new BrowserKilledException(killed, limit + why + "; the browser was killed", e);
    } finally {
      current.set(null);
      watch.end();
      loop.runOnContext(end -> watch.disarm());
    }
  }

  /**
   * Kills the browser if it runs work under this limit. Does nothing otherwise. Call it on the
   * event loop.
   *
   * @return whether there was anything to abort
   */
  boolean abort(String limit, String why) {
    Watch watch = current.get();
    return watch != null && watch.limit.equals(limit) && watch.kill(Reason.ABORTED, why);
  }

  private final class Watch {
    private final String limit;
    private final Duration max;
    private final Thread owner = Thread.currentThread();
    private final AtomicReference<@Nullable Reason> killed = new AtomicReference<>();
    private volatile boolean ended;
    private boolean interrupted;
    private long timer = -1;

    private Watch(String limit, Duration max) {
      this.limit = limit;
      this.max = max;
    }

    private void arm() {
      if (!ended) {
        timer =
            vertx.setTimer(
                max.toMillis(), late -> kill(Reason.LIMIT, "over " + max.toMillis() + " ms"));
      }
    }

    private void disarm() {
      vertx.cancelTimer(timer);
    }

    private boolean kill(Reason reason, String why) {
      BrowserProcesses target = processes;
      if (ended || target == null || !killed.compareAndSet(null, reason)) {
        return false;
      }
      log.warn("event=browser_killed browser={} limit=\"{}\" reason=\"{}\"", browser, limit, why);
      // Reads /proc for a few milliseconds. That is rare enough for an event loop, and the one
      // thread that could do it instead is blocked.
      target.kill();
      vertx.cancelTimer(timer);
      // Repeatedly: the woken code may call the same Playwright again.
      timer = vertx.setPeriodic(INTERRUPT_MILLIS, late -> interrupt());
      return true;
    }

    private synchronized void interrupt() {
      if (!ended) {
        log.warn("event=browser_thread_interrupted browser={} limit=\"{}\"", browser, limit);
        interrupted = true;
        owner.interrupt();
      }
    }

    /** On the owner's thread; clears the interruption. */
    private synchronized void end() {
      ended = true;
      if (interrupted) {
        var unused = Thread.interrupted();
      }
    }
  }
}
