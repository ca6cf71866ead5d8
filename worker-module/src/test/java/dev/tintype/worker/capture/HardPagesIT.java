package dev.tintype.worker.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.Limits.OnTimeout;
import dev.tintype.capture.Wait.WaitUntil;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.browser.BrowserSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that break a naive capture. Each capture ends, and the next one works. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardPagesIT {
  // Seconds on an idle machine. Without a limit of ours these pages would never end.
  private static final Duration MUCH_LESS_THAN_A_HANG = Duration.ofSeconds(60);

  // Three seconds on an idle machine. The waits of a capture may use 50 s.
  private static final Duration MUCH_LESS_THAN_THE_BUDGET = Duration.ofSeconds(30);

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
  void lateElementIsWaitedFor() {
    CapturedPage page = studio.take(Captures.of(studio.url("/selector.html")).selector("#late"));

    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void missingElementIsAWarning() {
    CapturedPage page =
        studio.take(
            Captures.of(studio.url("/plain.html"))
                .selector("#never")
                .timeout(Duration.ofSeconds(2)));

    assertThat(page.warnings()).extracting(Warning::code).containsExactly("wait_timed_out");
    assertThat(page.warnings().get(0).message())
        .startsWith("settle: no visible element matched #never within 1.");
  }

  @Test
  void missingElementIsAFailureOnRequest() {
    Failure failure =
        studio.fail(
            Captures.of(studio.url("/plain.html"))
                .selector("#never")
                .timeout(Duration.ofSeconds(1))
                .onTimeout(OnTimeout.FAIL));

    assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
    assertThat(failure.message()).contains("#never").contains("within");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h[", "p >> text=plain", ":has-text('plain')", "text=plain", "p,", ""})
  void selectorThatIsNotCssIsNamedWithTheBrowsersReason(String selector) {
    Failure failure = studio.fail(Captures.of(studio.url("/plain.html")).selector(selector));

    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_SELECTOR);
    assertThat(failure.message())
        .startsWith("open: the selector to wait for is not valid CSS. The browser says: ")
        .endsWith(
            selector.isEmpty() ? "is empty." : "'%s' is not a valid selector.".formatted(selector));
    assertThat(failure.code().isRetryable()).isFalse();
  }

  @Test
  void delayIsObserved() {
    Captures wanted = Captures.of(studio.url("/plain.html"));

    assertThat(took(() -> studio.take(wanted.delay(Duration.ofMillis(700)))))
        .isGreaterThan(Duration.ofMillis(700));
  }

  @Test
  void delayBeyondTheTimeoutIsCut() {
    CapturedPage page =
        studio.take(
            Captures.of(studio.url("/plain.html"))
                .delay(Duration.ofSeconds(30))
                .timeout(Duration.ofSeconds(2)));

    assertThat(page.warnings()).extracting(Warning::code).containsExactly("wait_timed_out");
  }

  @Test
  void networkThatNeverIdlesIsAWarning() {
    studio.server().stall("/never.js");
    studio.server().page("/unrest", "<title>Unrest</title><script async src=/never.js></script>");

    CapturedPage page =
        studio.take(
            Captures.of(studio.url("/unrest"))
                .until(WaitUntil.NETWORKIDLE)
                .timeout(Duration.ofSeconds(2)));

    assertThat(page.title()).isEqualTo("Unrest");
    assertThat(page.warnings().get(0).message())
        .startsWith("settle: networkidle did not occur within 1.");
  }

  @Test
  void silentServerIsATimeout() {
    studio.server().stall("/silent");

    Failure failure =
        studio.fail(Captures.of(studio.url("/silent")).timeout(Duration.ofSeconds(1)));

    assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
    assertThat(failure.message())
        .isEqualTo("navigate: 127.0.0.1 gave no answer within the 1.0 s for the capture");
  }

  @Test
  void endlessScriptIsATimeout() {
    for (String path : new String[] {"/hung.html", "/hung-inline.html"}) {
      Captures wanted = Captures.of(studio.url(path)).timeout(Duration.ofSeconds(2));
      Duration took =
          took(
              () ->
                  assertThat(studio.fail(wanted))
                      .satisfies(
                          failure -> {
                            assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
                            assertThat(failure.message()).contains("busy");
                          }));

      assertThat(took).isLessThan(MUCH_LESS_THAN_A_HANG);
      assertNextWorks();
    }
  }

  @Test
  void dialogsDoNotBlock() {
    CapturedPage page = studio.take(Captures.of(studio.url("/dialogs.html")));

    assertThat(page.title()).isEqualTo("Dialogs");
    assertThat(page.warnings()).isEmpty();
    assertNextWorks();
  }

  @Test
  void stalledFontAndImageDoNotBlockAuto() throws IOException {
    studio.server().stall("/never.woff2").stall("/never.png");

    CapturedPage page = studio.take(Captures.of(studio.url("/stalled.html")));

    Pictures.read(page, "stalled");
    assertThat(page.steps().get(2).took()).isLessThan(MUCH_LESS_THAN_THE_BUDGET);
    assertThat(page.warnings()).extracting(Warning::code).containsExactly("load_incomplete");
  }

  @Test
  void slowStyleSheetIsWaitedFor() throws IOException {
    studio
        .server()
        .delayed("/blue.css", Duration.ofSeconds(3))
        .page("/slow-css", "<link rel=stylesheet href=/blue.css><title>Slow</title><p>x");

    CapturedPage page = studio.take(Captures.of(studio.url("/slow-css")));

    assertThat(Pictures.read(page, "slow-css").getRGB(600, 600)).isEqualTo(0xff0000ff);
    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void slowScriptOfABlankPageIsWaitedFor() throws IOException {
    studio
        .server()
        .delayed("/makes.js", Duration.ofSeconds(3))
        .page("/slow-js", "<title>Slow</title><body><script async src=/makes.js></script>");

    CapturedPage page = studio.take(Captures.of(studio.url("/slow-js")));

    assertThat(page.title()).isEqualTo("Made");
    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void failedStyleSheetAndTrackerAreNotWaitedFor() {
    studio
        .server()
        .stall("/never.js")
        .page(
            "/fails",
            "<link rel=stylesheet href=/404.css><link rel=stylesheet href='http://127.0.0.1:2/x.css'>"
                + "<link rel=stylesheet media=print href=/404.css?print>"
                + "<title>Fails</title><p>x<script async src=/never.js></script>");

    CapturedPage page = studio.take(Captures.of(studio.url("/fails")));

    assertThat(page.steps().get(2).took()).isLessThan(MUCH_LESS_THAN_THE_BUDGET);
    assertThat(page.warnings()).extracting(Warning::code).containsExactly("load_incomplete");
  }

  @Test
  void popupsAreBlocked() {
    studio.take(Captures.of(studio.url("/popups.html")));

    assertThat(studio.server().requests()).noneMatch(path -> path.startsWith("/plain.html?"));
    assertNextWorks();
  }

  @Test
  void downloadIsNotAPage() {
    studio.server().download("/file.bin");

    assertThat(studio.fail(Captures.of(studio.url("/file.bin"))).code())
        .isEqualTo(FailureCode.NOT_A_PAGE);
    assertNextWorks();
  }

  @Test
  void redirectLoopIsNotAPage() {
    studio.server().redirect("/round", "/round");

    assertThat(studio.fail(Captures.of(studio.url("/round"))).code())
        .isEqualTo(FailureCode.NOT_A_PAGE);
  }

  @Test
  void emptyReplyIsAFailedConnection() {
    studio.server().emptyReply("/empty");

    assertThat(studio.fail(Captures.of(studio.url("/empty"))).code())
        .isEqualTo(FailureCode.CONNECTION_FAILED);
  }

  @Test
  void urlThatTheBrowserRefusesIsNamed() {
    studio.server().page("/to-blocked", "<script>location='http://127.0.0.1:1/'</script>");

    for (String url :
        List.of("http://127.0.0.1:1/", "http://127.0.0.1:99999/", studio.url("/to-blocked"))) {
      Failure failure = studio.fail(Captures.of(url));

      assertThat(failure.code()).as(url).isEqualTo(FailureCode.INVALID_URL);
      assertThat(failure.message()).contains("the browser refuses the URL");
    }
  }

  @Test
  void closedPortIsAFailedConnection() {
    // Browsers block some ports themselves, such as 1 and 9. They do not block 2.
    assertThat(studio.fail(Captures.of("http://127.0.0.1:2/")).code())
        .isEqualTo(FailureCode.CONNECTION_FAILED);
  }

  @Test
  void unknownHostIsNamed() {
    Failure failure = studio.fail(Captures.of("http://nowhere.invalid/"));

    assertThat(failure.code()).isEqualTo(FailureCode.HOST_NOT_FOUND);
    assertThat(failure.message()).isEqualTo("navigate: nowhere.invalid does not resolve");
  }

  @Test
  void serverWithoutTlsIsAFailedHandshake() {
    int port = studio.answerEveryConnectionWith("this is no handshake");

    assertThat(studio.fail(Captures.of("https://127.0.0.1:" + port + "/")).code())
        .isEqualTo(FailureCode.TLS_FAILED);
  }

  @Test
  void navigationByThePageIsFollowed() {
    studio
        .server()
        .page("/leaves", "<title>Leaves</title><script>location.href='/plain.html'</script>");

    CapturedPage page = studio.take(Captures.of(studio.url("/leaves")));

    assertThat(page.title()).isEqualTo("A plain page");
    assertThat(page.finalUrl()).isEqualTo(studio.url("/plain.html"));
  }

  @Test
  void failedNavigationByThePageFailsTheCapture() {
    int noTls = studio.answerEveryConnectionWith("this is no handshake");
    studio
        .server()
        .page("/to-no-tls", "<script>location='https://127.0.0.1:" + noTls + "/'</script>")
        .page("/to-closed", "<script>location='http://127.0.0.1:2/'</script>")
        .page("/to-nowhere", "<script>location='http://nowhere.invalid/'</script>");

    assertThat(studio.fail(Captures.of(studio.url("/to-no-tls"))).code())
        .isEqualTo(FailureCode.TLS_FAILED);
    assertThat(studio.fail(Captures.of(studio.url("/to-closed"))).code())
        .isEqualTo(FailureCode.CONNECTION_FAILED);
    assertThat(studio.fail(Captures.of(studio.url("/to-nowhere"))).message())
        .endsWith(": nowhere.invalid does not resolve");
  }

  @Test
  void pageThatReloadsForEverEnds() {
    studio
        .server()
        .page("/reloads", "<title>Reloads</title><script>onload=()=>location.reload()</script>");

    Duration took =
        took(
            () ->
                studio
                    .begin(Captures.of(studio.url("/reloads")).timeout(Duration.ofSeconds(3)))
                    .otherwiseEmpty()
                    .await());

    assertThat(took).isLessThan(MUCH_LESS_THAN_A_HANG);
    assertNextWorks();
  }

  @Test
  void pageWithReplacedGlobalsIsCaptured() {
    studio
        .server()
        .page(
            "/meddles",
            "<title>Meddles</title><script>"
                + "Object.defineProperty(document, 'title', {value: {a: 1}});"
                + "Document.prototype.getAnimations = () => { throw 1 };"
                + "window.requestAnimationFrame = () => 0;"
                + "</script><p>x");

    assertThat(studio.take(Captures.of(studio.url("/meddles"))).image().bytes().length())
        .isPositive();
  }

  @Test
  void pageWithHugeHeightAndTitleIsCaptured() {
    studio
        .server()
        .page(
            "/huge-answers",
            "<title>Huge</title><script>"
                + "const huge = 'x'.repeat(2 ** 28);"
                + "Math.max = () => huge;"
                + "String.prototype.slice = () => huge;"
                + "</script><p>x");

    CapturedPage page = studio.take(Captures.of(studio.url("/huge-answers")));

    assertThat(page.title()).isEqualTo("Huge");
    assertThat(page.image().bytes().length()).isPositive();
  }

  @Test
  void pageWhoseHeightAndTitleThrowIsCaptured() {
    studio
        .server()
        .page(
            "/throws",
            "<title>Throws</title><script>"
                + "const thrower = { get() { throw 1 } };"
                + "Object.defineProperty(HTMLElement.prototype, 'offsetHeight', thrower);"
                + "Object.defineProperty(document, 'title', thrower);"
                + "</script><p>x");

    CapturedPage page = studio.take(Captures.of(studio.url("/throws")));

    assertThat(page.title()).isEmpty();
    assertThat(page.image().bytes().length()).isPositive();
  }

  private void assertNextWorks() {
    assertThat(studio.take(Captures.of(studio.url("/plain.html"))).title())
        .isEqualTo("A plain page");
  }

  private static Duration took(ThrowingCallable work) {
    long begin = System.nanoTime();
    try {
      work.call();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
