package dev.tintype.worker.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.testing.PageServer;
import dev.tintype.worker.browser.BrowserLaunch;
import dev.tintype.worker.browser.BrowserSettings;
import dev.tintype.worker.egress.EgressProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A browser behind its proxy, which lets it go to 127.0.0.1 by that name alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EgressFaultsIT {
  private final Vertx vertx = Vertx.vertx();
  private final PageServer server = PageServer.start();
  private final EgressProxy proxy = new EgressProxy(vertx, policy());
  private Photographer photographer;

  @BeforeAll
  void open() {
    var launch = new BrowserLaunch(BrowserSettings.defaults());
    photographer =
        Studio.await(
            PlaywrightPhotographer.start(
                vertx, "proxied-browser", launch, proxy, System::nanoTime));
  }

  @AfterAll
  void close() {
    Studio.await(photographer.close());
    server.close();
    Studio.await(vertx.close());
  }

  @Test
  void resourceFromAClosedPortIsAWarning() throws IOException {
    server.page("/part", "<title>Part</title><p>x<img src='http://127.0.0.1:" + closed() + "/x'>");

    CapturedPage page = Studio.await(begin(server.url("/part")));

    assertThat(page.title()).isEqualTo("Part");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo("connection_failed");
              assertThat(warning.message())
                  .startsWith("a part of the page is missing: host 127.0.0.1 port ");
            });
  }

  @Test
  void resourceWithoutResponseIsAWarning() {
    server.emptyReply("/empty").page("/holds", "<title>Holds</title><p>x<img src='/empty'>");

    CapturedPage page = Studio.await(begin(server.url("/holds")));

    assertThat(page.title()).isEqualTo("Holds");
    assertThat(page.warnings()).extracting(Warning::code).containsExactly("connection_failed");
  }

  @Test
  void errorPageOfTheServerIsCaptured() throws IOException {
    server.status(
        "/502", 502, "<title>Bad</title><p>x<img src='http://127.0.0.1:" + closed() + "/x'>");

    CapturedPage page = Studio.await(begin(server.url("/502")));

    assertThat(page.status()).isEqualTo(502);
    assertThat(page.title()).isEqualTo("Bad");
  }

  @Test
  void refusedHostFails() {
    Failure failure = fail(refused("/plain.html"));

    assertThat(failure.code()).isEqualTo(FailureCode.EGRESS_REFUSED);
    assertThat(failure.message()).contains("host localhost is not on the public internet");
  }

  @Test
  void refusedHostFailsOverTls() {
    Failure failure = fail(refused("/plain.html").replace("http:", "https:"));

    assertThat(failure.code()).isEqualTo(FailureCode.EGRESS_REFUSED);
  }

  @Test
  void redirectToARefusedHostFails() {
    server.redirect("/away", refused("/plain.html"));

    assertThat(fail(server.url("/away")).code()).isEqualTo(FailureCode.EGRESS_REFUSED);
  }

  @Test
  void redirectToARefusedHostFailsOverTls() {
    server.redirect("/away-tls", refused("/plain.html").replace("http:", "https:"));

    assertThat(fail(server.url("/away-tls")).code()).isEqualTo(FailureCode.EGRESS_REFUSED);
  }

  @Test
  void navigationToARefusedHostFails() {
    server.page("/leads", leadsTo(refused("/plain.html")));

    assertThat(fail(server.url("/leads")).code()).isEqualTo(FailureCode.EGRESS_REFUSED);
  }

  @Test
  void navigationToARefusedHostFailsOverTls() {
    server.page("/leads-tls", leadsTo(refused("/plain.html").replace("http:", "https:")));

    Failure failure = fail(server.url("/leads-tls"));

    assertThat(failure.code()).isEqualTo(FailureCode.EGRESS_REFUSED);
    assertThat(failure.message()).contains("host localhost is not on the public internet");
  }

  @Test
  void navigationToAnUnknownHostNamesThatHost() {
    server.page(
        "/leads-nowhere",
        "<img src='http://other.invalid/x'>" + leadsTo("https://nobody.invalid/"));

    Failure failure = fail(server.url("/leads-nowhere"));

    assertThat(failure.code()).isEqualTo(FailureCode.HOST_NOT_FOUND);
    assertThat(failure.message()).isEqualTo("host nobody.invalid does not resolve");
  }

  @Test
  void closedPortFails() throws IOException {
    int port = closed();

    Failure failure = fail("http://127.0.0.1:" + port + "/");

    assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION_FAILED);
    assertThat(failure.message())
        .isEqualTo("host 127.0.0.1 port " + port + " refused the connection");
  }

  @Test
  void unknownHostFails() {
    assertThat(fail("http://nobody.invalid/").code()).isEqualTo(FailureCode.HOST_NOT_FOUND);
    assertThat(fail("https://nobody.invalid/").code()).isEqualTo(FailureCode.HOST_NOT_FOUND);
  }

  @Test
  void urlThatOnlyBrowsersAcceptIsCaptured() {
    int port =
        Studio.await(
                vertx
                    .createHttpServer()
                    .requestHandler(
                        request ->
                            request
                                .response()
                                .putHeader("Content-Type", "text/html")
                                .end("<title>Pipe</title><img src='http://nobody.invalid/x'>"))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    server.redirect("/to-pipe", "http://127.0.0.1:" + port + "/pipe?q=a|b{c}");

    CapturedPage page = Studio.await(begin(server.url("/to-pipe")));

    assertThat(page.finalUrl()).endsWith("/pipe?q=a|b{c}");
    assertThat(page.warnings()).extracting(Warning::code).containsExactly("host_not_found");
  }

  private Future<CapturedPage> begin(String url) {
    Studio.await(photographer.idle());
    return photographer.capture(Captures.of(url).spec());
  }

  private Failure fail(String url) {
    return Studio.failure(begin(url));
  }

  private static String leadsTo(String url) {
    return "<title>Leads</title><p>x<script>location.replace('%s')</script>".formatted(url);
  }

  /** The same server, by a name that the policy refuses. */
  private String refused(String path) {
    return server.url(path).replace("127.0.0.1", "localhost");
  }

  /** A port of 127.0.0.1 on which nobody listens. */
  private static int closed() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static EgressPolicy policy() {
    return new EgressPolicy(
        EgressMode.PUBLIC,
        List.of(AllowEntry.parse("127.0.0.1")),
        // Names that are no address; localhost the policy knows by itself.
        host -> Future.failedFuture(new UnknownHostException(host)));
  }
}
