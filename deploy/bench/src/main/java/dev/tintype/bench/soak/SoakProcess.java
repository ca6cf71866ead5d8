package dev.tintype.bench.soak;

import dev.tintype.bench.Servers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A process that is started anew whenever it ends, as a service manager would. Thread-safe. */
final class SoakProcess {
  private static final int START_PAUSE_MILLIS = 500;

  private final InstantSource clock = InstantSource.system();
  private final Servers servers;
  private final String name;
  private final Pattern ready;
  private final Function<String, List<String>> command;
  private final Thread keeper;
  private final CountDownLatch once = new CountDownLatch(1);
  private final List<Death> deaths = new CopyOnWriteArrayList<>();
  private final List<String> ownEnds = new CopyOnWriteArrayList<>();
  private final AtomicInteger failedStarts = new AtomicInteger();
  private volatile @Nullable Process process;
  private volatile String life = "";
  private volatile Duration pause = Duration.ZERO;
  private volatile boolean stopping;

  /** A kill, from the moment that it is sent to the moment that a successor is ready. */
  static final class Death {
    /** Name of the process that died. */
    final String life;

    final Instant at;

    /** What it had started. */
    final List<ProcessHandle> children;

    private volatile @Nullable Instant over;

    private Death(String life, Instant at, List<ProcessHandle> children) {
      this.life = life;
      this.at = at;
      this.children = children;
    }

    /** How long it was until its successor was ready; as yet, if none is. */
    Duration away(Instant now) {
      Instant end = over;
      return Duration.between(at, end == null ? now : end);
    }

    /** Whether its successor was not ready all the time between the two. */
    boolean overlaps(Instant from, Instant to) {
      Instant end = over;
      return at.isBefore(to) && (end == null || end.isAfter(from));
    }
  }

  /**
   * Not started yet.
   *
   * @param name of the first life with {@code -1} behind it, and so on
   * @param ready what the log shows of a process that is ready
   * @param command of the life of that name
   */
  SoakProcess(Servers servers, String name, Pattern ready, Function<String, List<String>> command) {
    this.servers = servers;
    this.name = name;
    this.ready = ready;
    this.command = command;
    this.keeper = new Thread(this::keep, "keeper-of-" + name);
  }

  void start() {
    keeper.start();
  }

  void awaitReady() throws IOException, InterruptedException {
    if (!once.await(2, TimeUnit.MINUTES)) {
      throw new IOException(name + " did not become ready");
    }
  }

  boolean isReady() {
    return process != null;
  }

  /**
   * As {@code kill -9}.
   *
   * @param away how long it is until the next one is started
   */
  void kill(Duration away) {
    Process now = process;
    if (now == null) {
      return;
    }
    List<ProcessHandle> children = now.descendants().toList();
    pause = away;
    process = null;
    deaths.add(new Death(life, clock.instant(), children));
    now.destroyForcibly();
  }

  /** As SIGTERM, and no other follows. */
  void stop() throws InterruptedException {
    stopping = true;
    Process now = process;
    if (now != null) {
      now.destroy();
    }
    keeper.join(TimeUnit.SECONDS.toMillis(90));
  }

  /** No other follows; who ends the servers ends this one, too. */
  void abandon() {
    stopping = true;
    keeper.interrupt();
    try {
      keeper.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  List<Death> deaths() {
    return List.copyOf(deaths);
  }

  /** Lives that ended though nobody had killed them. */
  List<String> ownEnds() {
    return List.copyOf(ownEnds);
  }

  int failedStarts() {
    return failedStarts.get();
  }

  private void keep() {
    try {
      for (int number = 1; !stopping; number++) {
        live(name + "-" + number);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void live(String called) throws InterruptedException {
    Process born;
    try {
      born = servers.start(called, ready, command.apply(called)).process();
    } catch (IOException notReady) {
      // Redis may have been away just now.
      failedStarts.incrementAndGet();
      TimeUnit.MILLISECONDS.sleep(START_PAUSE_MILLIS);
      return;
    }
    if (!deaths.isEmpty()) {
      deaths.get(deaths.size() - 1).over = clock.instant();
    }
    life = called;
    process = born;
    once.countDown();
    if (stopping) {
      born.destroy();
    }
    born.waitFor();
    process = null;
    boolean killed = !deaths.isEmpty() && deaths.get(deaths.size() - 1).life.equals(called);
    if (!killed && !stopping) {
      ownEnds.add(called);
    }
    if (!stopping) {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      pause = Duration.ZERO;
    }
  }
}
