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

/**
 * A page in a context of its own: nobody's cookies, storage or cache are in it, and nobody comes
 * after. It lives on the browser's thread; no object of it may leave that thread.
 *
 * <p>It has no emulation yet. Window size, scale and the rest are set through {@link #cdp()}, which
 * is what lets one page, made ready ahead, serve every capture.
 */
public final class BrowserPage {
  private static final int SCREENSHOT_ATTEMPTS = 4;

  private final RunningBrowser browser;
  private final BrowserContext context;
  private final Page page;
  private final CDPSession cdp;
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
    // No listener for dialogs: without one, Playwright dismisses each as it comes.
  }

  static BrowserPage open(RunningBrowser owner, Browser browser) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize((ViewportSize) null)
                // A download is no picture, and its bytes would end on our disk.
                .setAcceptDownloads(false)
                // They outlive a navigation and fetch by themselves.
                .setServiceWorkers(ServiceWorkerPolicy.BLOCK));
    return new BrowserPage(owner, context);
  }

  public Page page() {
    return page;
  }

  /** The page's session of the Chrome DevTools Protocol. Its calls have no time limit. */
  public CDPSession cdp() {
    return cdp;
  }

  /**
   * Takes a picture with {@code Page.captureScreenshot}. Under load, and shortly after its start,
   * Chromium now and then has no surface to copy from at this moment; a moment later it has.
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

  /** Whether the browser and its driver were there when they were last heard of. */
  public boolean browserAlive() {
    return browser.isAlive();
  }

  /**
   * Whether the browser answers now. Blocks until it does or the watchdog ends it; for telling the
   * kinds of failure apart, where a process may be gone and not yet be known to be.
   */
  public boolean browserAnswers() {
    try {
      context.cookies();
      return browserAlive();
    } catch (PlaywrightException e) {
      return false;
    }
  }

  /**
   * Blocks until the renderer has answered.
   *
   * @throws PlaywrightException if it is gone, or the browser or the driver
   */
  void ask() {
    cdp.send("Page.getLayoutMetrics");
  }

  void close() {
    closing = true;
    context.close();
  }

  private void crash() {
    crashed = true;
    if (!closing) {
      // A command to a renderer that is gone is never answered. The event is served within the call
      // that waits for that answer, and is what ends it.
      throw new PlaywrightException("the page crashed");
    }
  }
}
