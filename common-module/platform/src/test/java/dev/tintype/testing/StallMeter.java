package dev.tintype.testing;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how long a busy machine kept this process from running. A test of a promise in seconds
 * adds it to the limit: what is late because nothing could run is not late because of the code.
 */
public final class StallMeter implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "stall-meter");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong lostNanos = new AtomicLong();
  private final ScheduledFuture<?> ticks;
  private long last = System.nanoTime();

  public StallMeter() {
    ticks = timer.scheduleWithFixedDelay(this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
  }

  /** Runs in the timer's thread only. */
  private void tick() {
    long now = System.nanoTime();
    lostNanos.addAndGet(Math.max(0, now - last - TICK_NANOS));
    last = now;
  }

  /** A promised time, and all that the machine has stalled since this meter was made. */
  public Duration on(Duration promised) {
    return promised.plusNanos(lostNanos.get());
  }

  @Override
  public void close() {
    ticks.cancel(false);
    timer.shutdownNow();
  }
}
