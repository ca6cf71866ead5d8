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

/** Pages that break a naive capture: each ends within its time, and the next one works. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardPagesIT {
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
  void aLateElementIsWaitedFor() {
    CapturedPage page = studio.take(Captures.of(studio.url("/selector.html")).selector("#late"));

    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void anElementThatNeverComesIsAWarning() {
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
  void anElementThatNeverComesIsAFailureIfAskedFor() {
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
  void aDelayIsHonoured() {
    Captures wanted = Captures.of(studio.url("/plain.html"));

    assertThat(took(() -> studio.take(wanted.delay(Duration.ofMillis(700)))))
        .isGreaterThan(Duration.ofMillis(700));
  }

  @Test
  void aDelayBeyondTheTimeoutIsCut() {
    CapturedPage page =
        studio.take(
            Captures.of(studio.url("/plain.html"))
                .delay(Duration.ofSeconds(30))
                .timeout(Duration.ofSeconds(2)));

    assertThat(page.warnings()).extracting(Warning::code).containsExactly("wait_timed_out");
  }

  @Test
  void aNetworkThatNeverRestsIsAWarning() {
    studio.server().stall("/never.js");
    studio.server().page("/unrest", "<title>Unrest</title><script async src=/never.js></script>");

    CapturedPage page =
        studio.take(
            Captures.of(studio.url("/unrest"))
                .until(WaitUntil.NETWORKIDLE)
                .timeout(Duration.ofSeconds(2)));

    assertThat(page.title()).isEqualTo("Unrest");
    assertThat(page.warnings().get(0).message())
        .startsWith("settle: networkidle did not come within 1.");
  }

  @Test
  void aServerThatNeverAnswersIsATimeout() {
    studio.server().stall("/silent");

    Failure failure =
        studio.fail(Captures.of(studio.url("/silent")).timeout(Duration.ofSeconds(1)));

    assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
    assertThat(failure.message())
        .isEqualTo("navigate: 127.0.0.1 gave no answer within the 1.0 s for the capture");
  }

  @Test
  void aPageThatIsBusyForEverIsATimeout() {
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

      assertThat(took).isLessThan(Duration.ofSeconds(5));
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
  void aStalledFontAndImageDoNotHoldTheDefaultUp() throws IOException {
    studio.server().stall("/never.woff2").stall("/never.png");

    CapturedPage page = studio.take(Captures.of(studio.url("/stalled.html")));

    Pictures.read(page, "stalled");
    assertThat(page.steps().get(2).took()).isLessThan(Duration.ofSeconds(5));
    assertThat(page.warnings()).extracting(Warning::code).containsExactly("load_incomplete");
  }

  @Test
  void aSlowStyleSheetIsWaitedFor() throws IOException {
    studio
        .server()
        .delayed("/blue.css", Duration.ofSeconds(3))
        .page("/slow-css", "<link rel=stylesheet href=/blue.css><title>Slow</title><p>x");

    CapturedPage page = studio.take(Captures.of(studio.url("/slow-css")));

    assertThat(Pictures.read(page, "slow-css").getRGB(600, 600)).isEqualTo(0xff0000ff);
    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void aSlowScriptOfAPageThatShowsNothingYetIsWaitedFor() throws IOException {
    studio
        .server()
        .delayed("/makes.js", Duration.ofSeconds(3))
        .page("/slow-js", "<title>Slow</title><body><script async src=/makes.js></script>");

    CapturedPage page = studio.take(Captures.of(studio.url("/slow-js")));

    assertThat(page.title()).isEqualTo("Made");
    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void neitherAStyleSheetThatFailedNorATrackerOfAPageThatShowsSomethingIsWaitedForLonger() {
    studio
        .server()
        .stall("/never.js")
        .page(
            "/fails",
            "<link rel=stylesheet href=/404.css><link rel=stylesheet href='http://127.0.0.1:2/x.css'>"
                + "<link rel=stylesheet media=print href=/404.css?print>"
                + "<title>Fails</title><p>x<script async src=/never.js></script>");

    CapturedPage page = studio.take(Captures.of(studio.url("/fails")));

    assertThat(page.steps().get(2).took()).isLessThan(Duration.ofSeconds(5));
    assertThat(page.warnings()).extracting(Warning::code).containsExactly("load_incomplete");
  }

  @Test
  void aStormOfPopupsOpensNothing() {
    Duration took = took(() -> studio.take(Captures.of(studio.url("/popups.html"))));

    assertThat(took).isLessThan(Duration.ofSeconds(3));
    assertThat(studio.server().requests()).noneMatch(path -> path.startsWith("/plain.html?"));
    assertNextWorks();
  }

  @Test
  void aDownloadIsNotAPage() {
    studio.server().download("/file.bin");

    assertThat(studio.fail(Captures.of(studio.url("/file.bin"))).code())
        .isEqualTo(FailureCode.NOT_A_PAGE);
    assertNextWorks();
  }

  @Test
  void aCircleOfRedirectsIsNotAPage() {
    studio.server().redirect("/round", "/round");

    assertThat(studio.fail(Captures.of(studio.url("/round"))).code())
        .isEqualTo(FailureCode.NOT_A_PAGE);
  }

  @Test
  void anEmptyReplyIsAFailedConnection() {
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
  void aClosedPortIsAFailedConnection() {
    // Browsers block some ports themselves, such as 1 and 9. They do not block 2.
    assertThat(studio.fail(Captures.of("http://127.0.0.1:2/")).code())
        .isEqualTo(FailureCode.CONNECTION_FAILED);
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    Failure failure = studio.fail(Captures.of("http://nowhere.invalid/"));

    assertThat(failure.code()).isEqualTo(FailureCode.HOST_NOT_FOUND);
    assertThat(failure.message()).isEqualTo("navigate: nowhere.invalid does not resolve");
  }

  @Test
  void aServerWithoutTlsIsAFailedHandshake() {
    int port = studio.answerEveryConnectionWith("this is no handshake");

    assertThat(studio.fail(Captures.of("https://127.0.0.1:" + port + "/")).code())
        .isEqualTo(FailureCode.TLS_FAILED);
  }

  @Test
  void aPageThatLeadsItselfElsewhereIsCapturedThere() {
    studio
        .server()
        .page("/leaves", "<title>Leaves</title><script>location.href='/plain.html'</script>");

    CapturedPage page = studio.take(Captures.of(studio.url("/leaves")));

    assertThat(page.title()).isEqualTo("A plain page");
    assertThat(page.finalUrl()).isEqualTo(studio.url("/plain.html"));
  }

  @Test
  void aPageThatLeadsItselfToWhereNoAnswerComesFromFailsAsIfThatHadBeenAskedFor() {
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
  void aPageThatReloadsForEverEnds() {
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

    assertThat(took).isLessThan(Duration.ofSeconds(6));
    assertNextWorks();
  }

  @Test
  void aPageThatMeddlesWithItsGlobalsIsCaptured() {
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
  void aPageThatAnswersForItsHeightAndTitleWithSomethingHugeIsCaptured() {
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
  void aPageThatThrowsWhenItIsAskedForItsHeightOrTitleIsCaptured() {
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
