package dev.tintype.worker.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.testing.PageServer;
import dev.tintype.worker.browser.BrowserLaunch;
import dev.tintype.worker.browser.BrowserScript;
import dev.tintype.worker.browser.BrowserSettings;
import dev.tintype.worker.browser.BrowserVerticle;
import dev.tintype.worker.browser.PageOptions;
import dev.tintype.worker.egress.EgressProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Page options reach documents of other sites: in frames, and after a navigation that changes the
 * renderer process. To Chromium, 127.0.0.1 and localhost are two sites.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossOriginFramesIT {
  private static final int GREEN = 0xFF008000;

  /** Green only for these options: 500 by 400 CSS pixels at two device pixels each. */
  private static final PageOptions OPTIONS = new PageOptions(500, 400, 2);

  private static final String SHOWS_OPTIONS =
      """
      <!doctype html><style>
        body { margin: 0; background: #c0392b }
        @media (min-resolution: 2dppx) and (device-width: 500px) { body { background: #008000 } }
      </style><p>x
      """;

  private static final String READ_OPTIONS =
      "() => [devicePixelRatio, screen.width, screen.height,"
          + " matchMedia('(min-resolution: 2dppx)').matches].join()";

  private final Vertx vertx = Vertx.vertx();
  private final PageServer server = PageServer.start();
  private final EgressProxy proxy =
      new EgressProxy(
          vertx,
          new EgressPolicy(
              EgressMode.PUBLIC,
              List.of(AllowEntry.parse("127.0.0.1"), AllowEntry.parse("localhost")),
              host -> Future.succeededFuture(List.of(InetAddress.getLoopbackAddress()))));
  private BrowserVerticle browser;

  @BeforeAll
  void open() {
    Studio.await(proxy.start());
    browser = deploy("two-sites", BrowserSettings.defaults());
    server
        .page("/shows", SHOWS_OPTIONS)
        .page(
            "/frames",
            "<!doctype html><body style='margin:0'><iframe src='%s'".formatted(otherSite("/shows"))
                + " style='border:0;display:block;width:300px;height:200px'></iframe>")
        .page(
            "/leads",
            "<!doctype html><script>location.replace('%s')</script>"
                .formatted(otherSite("/shows")));
  }

  @AfterAll
  void close() {
    Studio.await(browser.close());
    Studio.await(proxy.close());
    server.close();
    Studio.await(vertx.close());
  }

  @Test
  void frameOfAnotherSiteHasThePagesOptions() {
    String options =
        run(
            browser,
            page -> {
              page.navigate(server.url("/frames"));
              return (String) page.frames().get(1).evaluate(READ_OPTIONS);
            });

    assertThat(options).isEqualTo("2,500,400,true");
  }

  @Test
  void optionsOutlastANavigationToAnotherProcess(@TempDir Path folder) throws IOException {
    Path isolating = BrowserScript.in(folder, ":", "--site-per-process");
    BrowserVerticle isolated =
        deploy("isolated", BrowserSettings.defaults().withExecutable(isolating));
    String options =
        run(
            isolated,
            page -> {
              page.navigate(server.url("/frames"));
              // Refused for a frame that shares the process of its page, so this browser isolates.
              page.context().newCDPSession(page.frames().get(1)).detach();
              page.navigate(otherSite("/shows"));
              return (String) page.evaluate(READ_OPTIONS);
            });
    Studio.await(isolated.close());

    assertThat(options).isEqualTo("2,500,400,true");
  }

  @Test
  void imageShowsTheOptionsInAFrameOfAnotherSite() throws IOException {
    BufferedImage image = capture("/frames", "frame-of-another-site");

    assertThat(image.getRGB(2 * 290, 2 * 190)).isEqualTo(GREEN);
  }

  @Test
  void imageShowsTheOptionsAfterThePageHasLeftForAnotherSite() throws IOException {
    BufferedImage image = capture("/leads", "page-of-another-site");

    assertThat(image.getRGB(2 * 490, 2 * 390)).isEqualTo(GREEN);
  }

  private BufferedImage capture(String path, String name) throws IOException {
    Studio.await(browser.idle());
    var photographer = new PlaywrightPhotographer(browser, proxy, System::nanoTime);
    CapturedPage page =
        Studio.await(
            photographer.capture(
                Captures.of(server.url(path))
                    .viewport(OPTIONS.width(), OPTIONS.height(), OPTIONS.deviceScaleFactor())
                    .spec()));
    return Pictures.read(page, name);
  }

  private BrowserVerticle deploy(String name, BrowserSettings settings) {
    BrowserLaunch launch = new BrowserLaunch(settings).behindProxy(proxy.port());
    return Studio.await(BrowserVerticle.deploy(vertx, name, launch, System::nanoTime));
  }

  private static String run(BrowserVerticle browser, Function<Page, String> task) {
    Studio.await(browser.idle());
    return Studio.await(
        browser.run(Duration.ofSeconds(60), pages -> task.apply(pages.open(OPTIONS).page())));
  }

  /** The same server, as another site. */
  private String otherSite(String path) {
    return server.url(path).replace("127.0.0.1", "localhost");
  }
}
