package dev.tintype.worker.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import com.microsoft.playwright.options.ViewportSize;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A page in a browser context of its own, without cookies, storage or cache of another page.
 * Confined to the browser's thread, with everything that it hands out.
 */
public final class BrowserPage {
  private static final int SCREENSHOT_ATTEMPTS = 4;

  private final RunningBrowser browser;
  private final BrowserContext context;
  private final Page page;
  private final CDPSession cdp;
  private @Nullable PageOptions size;
  private boolean crashed;
  private boolean closing;

  private BrowserPage(RunningBrowser browser, BrowserContext context) {
    this.browser = browser;
    this.context = context;
    page = context.newPage();
    page.onCrash(gone -> crash());
    context.onPage(
        popup -> {
          if (popup != page) {
            popup.close();
          }
        });
    cdp = context.newCDPSession(page);
    // No listener for dialogs: without one, Playwright dismisses each as it opens.
  }

  /** Makes a context with these options, and its page. */
  static BrowserPage open(RunningBrowser owner, Browser browser, PageOptions options) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                // The size is set by resize, in the session that takes the screenshot.
                .setViewportSize((ViewportSize) null)
                // A download is not a page, and its bytes would be written to our disk.
                .setAcceptDownloads(false)
                // Service workers outlive a navigation and make requests of their own.
                .setServiceWorkers(ServiceWorkerPolicy.BLOCK));
    var page = new BrowserPage(owner, context);
    page.resize(options);
    return page;
  }

  /**
   * Gives the window a size and a scale. Unlike the other options, these can change at any time.
   * The screenshot has the scale of the session that takes it, so the command must be sent in this
   * one: with a scale that Playwright sets for the context, {@code devicePixelRatio} is right and
   * the image is not.
   */
  void resize(PageOptions options) {
    if (size != null && options.hasSizeOf(size)) {
      return;
    }
    var metrics = new JsonObject();
    metrics.addProperty("width", options.width());
    metrics.addProperty("height", options.height());
    metrics.addProperty("screenWidth", options.width());
    metrics.addProperty("screenHeight", options.height());
    metrics.addProperty("deviceScaleFactor", options.deviceScaleFactor());
    metrics.addProperty("mobile", false);
    cdp.send("Emulation.setDeviceMetricsOverride", metrics);
    size = options;
  }

  public Page page() {
    return page;
  }

  /** The page's session of the Chrome DevTools Protocol. Its calls have no time limit. */
  public CDPSession cdp() {
    return cdp;
  }

  /**
   * Takes a screenshot with {@code Page.captureScreenshot}. Under load, and shortly after its
   * start, Chromium sometimes has no surface to copy from yet; a moment later it has.
   *
   * @param parameters of the protocol's command
   * @return the encoded file
   */
  public byte[] screenshot(JsonObject parameters) {
    for (int attempt = 1; ; attempt++) {
      try {
        String data = cdp.send("Page.captureScreenshot", parameters).get("data").getAsString();
        return Base64.getDecoder().decode(data);
      } catch (PlaywrightException e) {
        if (attempt == SCREENSHOT_ATTEMPTS || crashed || page.isClosed() || !browserAlive()) {
          throw e;
        }
        page.waitForTimeout(100);
      }
    }
  }

  /** Whether an egress proxy of this process answers where a server cannot be reached. */
  public boolean behindProxy() {
    return browser.behindProxy();
  }

  /** Whether the page's renderer process is gone. */
  public boolean crashed() {
    return crashed;
  }

  /** Whether the browser and its driver are alive, as far as Playwright knows. */
  public boolean browserAlive() {
    return browser.isAlive();
  }

  /**
   * Blocks until the renderer responds.
   *
   * @throws PlaywrightException if the renderer, the browser or the driver is gone
   */
  void ping() {
    cdp.send("Page.getLayoutMetrics");
  }

  void close() {
    closing = true;
    context.close();
  }

  private void crash() {
    crashed = true;
    if (!closing) {
      // A command to a renderer that is gone gets no response. The event arrives within the call
      // that waits for the response, and this exception ends that call.
      throw new PlaywrightException("the page crashed");
    }
  }
}
