package dev.tintype.worker.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.browser.BrowserScript;
import dev.tintype.worker.browser.BrowserSettings;
import dev.tintype.worker.browser.PageOptions;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A process that a capture needs dies before the capture, or during it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostProcessIT {
  private Studio studio;

  @BeforeAll
  void open() {
    studio = new Studio(BrowserSettings.defaults());
  }

  @AfterAll
  void close() {
    studio.close();
  }

  @Test
  void commandToACrashingRendererEnds() {
    Studio.await(studio.browser().idle());
    var task =
        studio
            .browser()
            .run(
                Duration.ofSeconds(60),
                pages -> pages.open(PageOptions.DEFAULTS).cdp().send("Page.crash"))
            .<Class<?>>map(any -> Object.class)
            .otherwise(Throwable::getClass);

    assertThat(Studio.await(task)).isEqualTo(PlaywrightException.class);
    assertNextWorks();
  }

  @Test
  void deadRendererIsAPageCrash() {
    Failure failure =
        failureAfterKilling(process -> commandLine(process).contains("--type=renderer"));

    assertThat(failure.code()).isEqualTo(FailureCode.PAGE_CRASHED);
    assertNextWorks();
  }

  @Test
  void deadBrowserIsABrowserFailure() {
    Failure failure = failureAfterKilling(LostProcessIT::isBrowser);

    assertThat(failure.code()).isEqualTo(FailureCode.BROWSER_FAILED);
    assertThat(failure.message()).isEqualTo("settle: the browser died and was replaced");
    assertNextWorks();
  }

  @Test
  void deadDriverIsABrowserFailure() {
    Failure failure = failureAfterKilling(process -> arguments(process).contains("run-driver"));

    assertThat(failure.code()).isEqualTo(FailureCode.BROWSER_FAILED);
    assertNextWorks();
  }

  @Test
  void browserThatDiedIdleIsReplaced() {
    killIdle(LostProcessIT::isBrowser);

    assertNextWorks();
  }

  @Test
  void rendererThatDiedIdleIsReplaced() {
    killIdle(process -> commandLine(process).contains("--type=renderer"));

    assertNextWorks();
  }

  @Test
  void browserThatCannotBeReplacedIsABrowserFailure(@TempDir Path folder) throws IOException {
    Path script = BrowserScript.in(folder, ":", "");
    try (var other = new Studio(BrowserSettings.defaults().withExecutable(script))) {
      Captures wanted = Captures.of(other.url("/plain.html"));
      Path away = Files.move(script, folder.resolve("away"));
      killIdle(LostProcessIT::isBrowser);

      Failure failure = other.fail(wanted);
      Files.move(away, script);

      assertThat(failure.code()).isEqualTo(FailureCode.BROWSER_FAILED);
      assertThat(failure.message()).isEqualTo("the browser had died, and another did not start");
      assertThat(other.take(wanted).title()).isEqualTo("A plain page");
    }
    assertNextWorks();
  }

  private void killIdle(Predicate<ProcessHandle> which) {
    Studio.await(studio.browser().idle());
    kill(which)
        .forEach(
            victim ->
                Studio.await(Future.fromCompletionStage(victim.onExit().minimalCompletionStage())));
  }

  private static List<ProcessHandle> kill(Predicate<ProcessHandle> which) {
    List<ProcessHandle> victims = ProcessHandle.current().descendants().filter(which).toList();
    assertThat(victims).isNotEmpty();
    victims.forEach(ProcessHandle::destroyForcibly);
    return victims;
  }

  /** Kills while the page waits for an element that never comes. */
  private Failure failureAfterKilling(Predicate<ProcessHandle> which) {
    var there = new CompletableFuture<Void>();
    studio
        .server()
        .handle(
            "/there",
            exchange -> {
              exchange.sendResponseHeaders(204, -1);
              exchange.close();
              there.complete(null);
            })
        .page("/waits", "<title>Waits</title><p>x<script>onload=()=>fetch('/there')</script>");
    Future<CapturedPage> capture =
        studio.begin(
            Captures.of(studio.url("/waits")).selector("#never").timeout(Duration.ofSeconds(60)));
    Studio.await(Future.fromCompletionStage(there));
    kill(which);
    return Studio.failure(capture);
  }

  /**
   * The zygote's children have no arguments that the JDK could tell apart; Linux shows the line.
   */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean isBrowser(ProcessHandle process) {
    return arguments(process).stream().anyMatch(any -> any.startsWith("--user-data-dir="))
        && arguments(process).stream().noneMatch(any -> any.startsWith("--type="));
  }

  private static List<String> arguments(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElse(List.of());
  }

  private void assertNextWorks() {
    assertThat(studio.take(Captures.of(studio.url("/plain.html"))).title())
        .isEqualTo("A plain page");
  }
}
