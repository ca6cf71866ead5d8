package dev.tintype.worker.capture;

import com.microsoft.playwright.PlaywrightException;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Viewport;
import dev.tintype.job.CaptureException;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.worker.browser.BrowserPage;
import dev.tintype.worker.browser.BrowserPages;
import dev.tintype.worker.browser.PageOptions;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One capture, step by step, on the browser's thread. An instance takes one picture. */
final class CaptureSteps {
  private final BrowserPages browser;
  private final CaptureSpec spec;
  private final Logbook log;
  private final Budget budget;
  private @Nullable BrowserPage page;

  private CaptureSteps(BrowserPages browser, CaptureSpec spec, LongSupplier nanoTime) {
    this.browser = browser;
    this.spec = spec;
    log = new Logbook(spec.limits().onTimeout(), nanoTime);
    budget = new Budget(spec.limits().timeout(), nanoTime);
  }

  /**
   * Takes the picture.
   *
   * @throws CaptureException if there is none to take
   */
  static CapturedPage of(BrowserPages browser, CaptureSpec spec, LongSupplier nanoTime) {
    var capture = new CaptureSteps(browser, spec, nanoTime);
    try {
      return capture.run();
    } catch (PlaywrightException e) {
      throw Failures.of(e, capture.log.currentStep(), spec, browser, capture.page);
    }
  }

  private CapturedPage run() {
    BrowserPage page = log.step("open", this::open);
    this.page = page;
    Documents documents = Documents.watch(page);
    @Nullable Integer status =
        log.step("navigate", () -> new Navigation(page, spec, budget).go()).status();
    documents.check();
    log.step("settle", () -> new Settling(page, spec, budget, log).settle());
    Prepared prepared = log.step("prepare", () -> new Preparation(page, spec, budget).prepare());
    byte[] image = log.step("shoot", () -> new Shooting(page, spec, log).shoot(prepared));
    documents.check();
    ImageSize size = ImageSize.of(image, spec.format().type());
    return new CapturedPage(
        List.of(
            new CapturedImage(
                Image.DEFAULT_NAME,
                spec.format().type(),
                Buffer.buffer(image),
                size.width(),
                size.height())),
        finalUrl(page),
        status,
        prepared.title(),
        log.steps(),
        log.warnings());
  }

  private String finalUrl(BrowserPage page) {
    String url = page.page().url();
    if (url.length() > Words.MAX_URL) {
      log.warn(
          Logbook.URL_CUT,
          "the final address has %d characters; the result has the first %d"
              .formatted(url.length(), Words.MAX_URL));
    }
    return Words.cut(url, Words.MAX_URL);
  }

  private BrowserPage open() {
    ShotLimits.checkWindow(spec);
    Viewport viewport = spec.viewport();
    BrowserPage opened =
        browser.open(
            new PageOptions(viewport.width(), viewport.height(), viewport.deviceScaleFactor()));
    String selector = spec.waits().selector();
    if (selector != null) {
      InputCheck.checkSelector(opened, "to wait for", selector);
    }
    return opened;
  }
}
