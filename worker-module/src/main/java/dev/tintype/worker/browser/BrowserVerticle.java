package dev.tintype.worker.browser;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser with its thread. It runs one task at a time. It becomes idle again when the page of
 * the last task is closed and the next page is open, or when a new browser has replaced a dead one.
 *
 * <p>The public methods may be called on any thread but the browser's own; futures complete on the
 * caller's context.
 */
public final class BrowserVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(BrowserVerticle.class);
  private static final String TASK = "deadline";
  // The browsers of a process start one after the other, each in seconds on a busy machine.
  private static final Duration FIRST_TURN = Duration.ofMinutes(10);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final String name;
  private final BrowserLaunch launch;
  private final BrowserSettings settings;
  private final LongSupplier nanoTime;
  private final Context loop;
  private final Watchdog watchdog;

  // Used on the event loop.
  private Promise<Void> idle = Promise.promise();
  private volatile boolean isIdle;
  private volatile boolean closing;

  // Used on the browser's thread.
  private @Nullable RunningBrowser browser;
  private int tasks;
  private long bornAt;
  private Duration retry = FIRST_RETRY;

  private BrowserVerticle(
      Vertx vertx, Context loop, String name, BrowserLaunch launch, LongSupplier nanoTime) {
    this.loop = loop;
    this.name = name;
    this.launch = launch;
    this.settings = launch.settings();
    this.nanoTime = nanoTime;
    this.watchdog = new Watchdog(vertx, loop, name);
  }

  /**
   * Deploys a browser with the thread that it needs. To be called on an event loop, which gets its
   * timers, or outside of Vert.x.
   *
   * @param name of the browser and its thread, unique in the process
   * @param nanoTime as {@link System#nanoTime}
   * @return the browser, idle, once it has rendered a first page; fails if it cannot start
   */
  public static Future<BrowserVerticle> deploy(
      Vertx vertx, String name, BrowserLaunch launch, LongSupplier nanoTime) {
    Context loop = vertx.getOrCreateContext();
    if (!loop.isEventLoopContext()) {
      throw new IllegalStateException("the watchdog's timers need an event loop");
    }
    var verticle = new BrowserVerticle(vertx, loop, name, launch, nanoTime);
    var options =
        new DeploymentOptions()
            // A worker verticle may be run by one thread now and by another later; Playwright's
            // objects belong to the thread that made them. A pool of one has no other.
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(name)
            .setWorkerPoolSize(1)
            // Vert.x would warn of a blocked thread at every long capture; the watchdog ends them.
            .setMaxWorkerExecuteTime(1)
            .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS);
    return vertx.deployVerticle(verticle, options).map(verticle);
  }

  public String name() {
    return name;
  }

  /** Whether a task would begin at once. */
  public boolean isIdle() {
    return isIdle;
  }

  /** Completes when the browser is idle; at once if it is. */
  public Future<Void> idle() {
    return onLoop(() -> idle.future());
  }

  /**
   * Runs a task on the browser's thread. The future completes as soon as the task has returned; the
   * browser is {@link #idle} only after the task's page is closed and the next one is open.
   *
   * @param deadline from the task's begin; the task is to end by itself within it. If it runs over
   *     by more than the settings' grace, the browser is killed
   * @param task may throw; what it throws is the future's failure
   * @return fails with {@link BrowserKilledException} if the browser was killed under the task,
   *     with {@link BrowserNotStartedException} if it had died before and another did not start,
   *     and with {@link IllegalStateException} if the browser is not idle
   */
  public <T> Future<T> run(Duration deadline, Function<BrowserPages, T> task) {
    return onLoop(
        () -> {
          if (!isIdle) {
            return Future.failedFuture(new IllegalStateException(name + " is not idle"));
          }
          isIdle = false;
          idle = Promise.promise();
          var result = new CompletableFuture<T>();
          context.runOnContext(begin -> work(deadline, task, result));
          return Future.fromCompletionStage(result);
        });
  }

  /**
   * Ends the running task at once by killing the browser. The task's future fails with {@link
   * BrowserKilledException}. Does nothing if there is no task.
   *
   * @param why for the log
   * @return whether there was a task
   */
  public Future<Boolean> abort(String why) {
    return onLoop(() -> Future.succeededFuture(watchdog.abort(TASK, why)));
  }

  /**
   * Ends the browser as soon as its task is over; no other browser takes its place. To end at once,
   * {@link #abort} the task before or after this call.
   */
  public Future<Void> close() {
    closing = true;
    return vertx.undeploy(deploymentID());
  }

  @Override
  public Future<?> start() {
    startBrowser(FIRST_TURN);
    becomeIdle();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    closing = true;
    endBrowser();
    return Future.succeededFuture();
  }

  private <T> void work(
      Duration deadline, Function<BrowserPages, T> task, CompletableFuture<T> result) {
    try {
      RunningBrowser running = livingBrowser();
      tasks++;
      try {
        Duration limit = deadline.plus(settings.grace());
        result.complete(watchdog.during(TASK, limit, () -> task.apply(running)));
      } catch (Throwable e) { // The caller handles it.
        result.completeExceptionally(e);
      }
      clearUp(running);
    } catch (RuntimeException | Error e) {
      // No browser runs, so the task did not start.
      result.completeExceptionally(
          new BrowserNotStartedException("there was no browser for the task", e));
      log.warn("event=browser_failed browser={} error=\"{}\"", name, firstLine(e));
      replace();
    }
  }

  /** The browser for a task: a new one if the old one died while it was idle. */
  private RunningBrowser livingBrowser() {
    try {
      RunningBrowser running = running();
      // Playwright notices a death only when it is used. Renderers, which a system without memory
      // kills first, are not among the processes that it started.
      watched("ping before a task", running::ping);
      return running;
    } catch (RuntimeException e) {
      log.warn(
          "event=browser_died_idle browser={} tasks={} error=\"{}\"", name, tasks, firstLine(e));
      endBrowser();
      startBrowser(settings.launchTimeout());
      return running();
    }
  }

  private RunningBrowser running() {
    RunningBrowser running = browser;
    if (running == null) {
      throw new IllegalStateException(name + " has no browser");
    }
    return running;
  }

  private void clearUp(RunningBrowser running) {
    if (closing) {
      // The browser ends next, with its page.
      return;
    }
    try {
      if (!running.isAlive()) {
        log.warn("event=browser_gone browser={} tasks={}", name, tasks);
        replace();
        return;
      }
      watched("close of a page", running::closePage);
      if (isSpent()) {
        log.info("event=browser_recycled browser={} tasks={}", name, tasks);
        replace();
        return;
      }
      watched("opening of the next page", running::preOpen);
      becomeIdle();
    } catch (RuntimeException | Error e) { // In any case a new browser is needed.
      log.warn("event=browser_failed browser={} tasks={} error=\"{}\"", name, tasks, firstLine(e));
      replace();
    }
  }

  private boolean isSpent() {
    return tasks >= settings.capturesPerBrowser()
        || nanoTime.getAsLong() - bornAt >= settings.maxAge().toNanos();
  }

  private void replace() {
    endBrowser();
    if (closing) {
      return;
    }
    try {
      startBrowser(settings.launchTimeout());
      becomeIdle();
    } catch (RuntimeException | Error e) {
      log.error("event=browser_not_started browser={} retry={}ms", name, retry.toMillis(), e);
      long delay = retry.toMillis();
      retry = retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
      loop.runOnContext(
          later -> owner().setTimer(delay, again -> context.runOnContext(now -> replace())));
    }
  }

  /**
   * Launches a browser.
   *
   * @param turn the longest wait for other launches
   */
  private void startBrowser(Duration turn) {
    long begin = nanoTime.getAsLong();
    RunningBrowser started = launch.start(watchdog, turn);
    browser = started;
    bornAt = nanoTime.getAsLong();
    tasks = 0;
    retry = FIRST_RETRY;
    log.info(
        "event=browser_started browser={} version={} sandbox={} took={}ms",
        name,
        started.version(),
        launch.sandboxed(),
        TimeUnit.NANOSECONDS.toMillis(bornAt - begin));
  }

  private void endBrowser() {
    RunningBrowser ending = browser;
    browser = null;
    if (ending == null) {
      return;
    }
    try {
      if (ending.isAlive()) {
        watched("close of the browser", ending::close);
      } else {
        ending.discard();
      }
    } catch (RuntimeException e) {
      log.info("event=browser_close_failed browser={} error=\"{}\"", name, firstLine(e));
    }
  }

  private void watched(String limit, Runnable work) {
    watchdog.during(
        limit,
        settings.closeTimeout(),
        () -> {
          work.run();
          return true;
        });
  }

  private void becomeIdle() {
    loop.runOnContext(
        done -> {
          isIdle = true;
          idle.tryComplete();
        });
  }

  /** Runs on the event loop that has the state, and completes on the caller's context. */
  private <T> Future<T> onLoop(Supplier<Future<T>> step) {
    var result = new CompletableFuture<T>();
    loop.runOnContext(
        now ->
            step.get()
                .onComplete(
                    done -> {
                      if (done.succeeded()) {
                        result.complete(done.result());
                      } else {
                        result.completeExceptionally(done.cause());
                      }
                    }));
    return Future.fromCompletionStage(result, owner().getOrCreateContext());
  }

  private Vertx owner() {
    return loop.owner();
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
