package dev.tintype.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Page;
import dev.tintype.worker.browser.BrowserKilledException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser that is killed, dies, hangs or is too old is replaced and leaves nothing behind. */
class BrowserVerticleIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String HANG = "() => { while (true) {} }";

  private final Vertx vertx = Vertx.vertx();
  private final Set<Long> before = new HashSet<>();

  @BeforeEach
  void rememberWhatRuns() {
    before.addAll(children().stream().map(ProcessHandle::pid).toList());
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
    for (ProcessHandle left : children()) {
      left.onExit().get(60, TimeUnit.SECONDS);
    }
    assertThat(children()).isEmpty();
  }

  @Test
  void tasksRunOnOneThreadAndCompleteOnTheCallersContext() {
    BrowserVerticle browser = deploy(BrowserSettings.defaults());
    String first = run(browser, pages -> Thread.currentThread().getName());
    await(browser.idle());
    var onLoop = new CompletableFuture<Boolean>();

    vertx.runOnContext(
        caller ->
            browser
                .run(LONG, pages -> Thread.currentThread().getName())
                .onComplete(
                    done ->
                        onLoop.complete(
                            vertx.getOrCreateContext().isEventLoopContext()
                                && first.equals(done.result()))));

    assertThat(await(Future.fromCompletionStage(onLoop))).isTrue();
  }

  @Test
  void busyBrowserRefusesASecondTask() {
    BrowserVerticle browser = deploy(BrowserSettings.defaults());
    Future<Integer> running = browser.run(LONG, pages -> (Integer) open(pages).evaluate("() => 1"));

    assertThatThrownBy(() -> await(browser.run(LONG, pages -> 2)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(await(running)).isEqualTo(1);
  }

  @Test
  void hangingTaskIsKilledAndTheNextOneWorks() throws Exception {
    BrowserVerticle browser = deploy(BrowserSettings.defaults());
    List<ProcessHandle> old = children();

    assertThatThrownBy(
            () -> await(browser.run(Duration.ofSeconds(1), pages -> open(pages).evaluate(HANG))))
        .isInstanceOfSatisfying(
            BrowserKilledException.class,
            killed -> assertThat(killed.reason()).isEqualTo(Reason.LIMIT))
        .hasMessageStartingWith("deadline took longer than 3000 ms");

    assertWorks(browser);
    for (ProcessHandle gone : old) {
      gone.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void abortedTaskEndsAtOnce() {
    BrowserVerticle browser = deploy(BrowserSettings.defaults());
    var begun = new CompletableFuture<Void>();
    Future<Object> running =
        browser.run(
            LONG,
            pages -> {
              begun.complete(null);
              return open(pages).evaluate(HANG);
            });
    await(Future.fromCompletionStage(begun));

    assertThat(await(browser.abort("the lease is lost"))).isTrue();

    assertThatThrownBy(() -> await(running))
        .isInstanceOfSatisfying(
            BrowserKilledException.class,
            killed -> assertThat(killed.reason()).isEqualTo(Reason.ABORTED));
    assertWorks(browser);
    assertThat(await(browser.abort("there is nothing"))).isFalse();
  }

  @Test
  void taskEndsWhenPlaywrightsReaderThreadHasDied() {
    assumeThat(Runtime.version().feature())
        .as("a thread can be made to end by an error from outside before Java 20 only")
        .isLessThan(20);
    BrowserVerticle browser = deploy(BrowserSettings.defaults());

    assertThatThrownBy(
            () ->
                await(
                    browser.run(
                        Duration.ofMillis(100),
                        pages -> {
                          endReaderByAnError();
                          try {
                            return open(pages).evaluate("() => 1");
                          } finally {
                            // As a capture does, to tell the kinds of failure apart.
                            pages.responds();
                          }
                        })))
        .isInstanceOfSatisfying(
            BrowserKilledException.class,
            killed -> assertThat(killed.reason()).isEqualTo(Reason.LIMIT));

    assertWorks(browser);
  }

  @Test
  void taskThatThrowsKeepsTheBrowser() {
    BrowserVerticle browser = deploy(BrowserSettings.defaults());
    List<ProcessHandle> old = drivers();

    assertThatThrownBy(
            () ->
                run(
                    browser,
                    pages -> {
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    run(browser, pages -> 1);
    assertThat(drivers()).isEqualTo(old);
  }

  @Test
  void browserIsReplacedAfterItsMaximumOfTasks() {
    BrowserVerticle browser =
        deploy(BrowserSettings.defaults().withRecycling(2, Duration.ofHours(1)));
    List<ProcessHandle> first = drivers();

    run(browser, pages -> 1);
    run(browser, pages -> 2);
    await(browser.idle());

    assertThat(drivers()).doesNotContainAnyElementsOf(first).hasSize(1);
    assertWorks(browser);
  }

  @Test
  void browserThatCannotStartLeavesNothingBehind() throws IOException {
    Set<Path> filesBefore = temporaryFolders();
    BrowserSettings settings = BrowserSettings.defaults().withExecutable(Path.of("/bin/false"));

    assertThatThrownBy(() -> deploy(settings)).hasMessageContaining("/bin/false");
    assertThat(temporaryFolders()).isEqualTo(filesBefore);
  }

  @Test
  void killedBrowserLeavesNoFilesBehind() throws IOException {
    Set<Path> filesBefore = temporaryFolders();
    BrowserVerticle browser = deploy(BrowserSettings.defaults());

    run(
        browser,
        pages -> {
          drivers().forEach(ProcessHandle::destroyForcibly);
          return 1;
        });
    await(browser.idle());
    await(browser.close());

    assertThat(temporaryFolders()).isEqualTo(filesBefore);
  }

  @Test
  void closingBrowserIsNotReplacedWhenItsTaskIsAborted(@TempDir Path folder) throws IOException {
    Path launches = folder.resolve("launches");
    Path counting = BrowserScript.in(folder, "echo started >> '%s'".formatted(launches), "");
    BrowserVerticle browser = deploy(BrowserSettings.defaults().withExecutable(counting));
    var begun = new CompletableFuture<Void>();
    Future<Object> running =
        browser.run(
            LONG,
            pages -> {
              begun.complete(null);
              return open(pages).evaluate(HANG);
            });
    await(Future.fromCompletionStage(begun));

    Future<Void> closed = browser.close();
    await(browser.abort("the worker stops"));
    await(closed);

    assertThat(running.failed()).isTrue();
    assertThat(Files.readAllLines(launches)).hasSize(1);
  }

  private static void endReaderByAnError() {
    Thread reader =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getClass().getSimpleName().equals("ReaderThread"))
            .findFirst()
            .orElseThrow();
    try {
      // By name, for later versions have it deprecated. It ends with the next message.
      Thread.class.getMethod("stop").invoke(reader);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Thread.stop", e);
    }
  }

  private BrowserVerticle deploy(BrowserSettings settings) {
    return await(
        BrowserVerticle.deploy(
            vertx, "test-browser", new BrowserLaunch(settings), System::nanoTime));
  }

  private static <T> T run(BrowserVerticle browser, Function<BrowserPages, T> task) {
    await(browser.idle());
    return await(browser.run(LONG, task));
  }

  private static Page open(BrowserPages pages) {
    return pages.open(PageOptions.DEFAULTS).page();
  }

  private static void assertWorks(BrowserVerticle browser) {
    Object answer = run(browser, pages -> open(pages).evaluate("() => 6 * 7"));
    assertThat(answer).isEqualTo(42);
  }

  private List<ProcessHandle> drivers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> !before.contains(child.pid()))
        .toList();
  }

  private List<ProcessHandle> children() {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> !before.contains(child.pid()))
        .toList();
  }

  private static Set<Path> temporaryFolders() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches("(tintype-browser|playwright_chromium).*"))
          .collect(Collectors.toSet());
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(90, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came within 90 s", e);
    }
  }
}
