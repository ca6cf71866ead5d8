package dev.tintype.worker.capture;

import com.microsoft.playwright.Response;
import dev.tintype.job.CaptureException;
import dev.tintype.worker.browser.BrowserPage;
import dev.tintype.worker.browser.EgressFault;
import org.jspecify.annotations.Nullable;

/**
 * What answered when the page's document was asked for: a server, or our own proxy in the place of
 * one that it did not reach. Watches all the time, for a page may lead itself elsewhere.
 */
final class Documents {
  private final BrowserPage page;
  private @Nullable Response last;

  private Documents(BrowserPage page) {
    this.page = page;
  }

  static Documents watch(BrowserPage page) {
    var documents = new Documents(page);
    page.page().onResponse(documents::remember);
    return documents;
  }

  /**
   * Ends the capture of what is not a page but the proxy's own answer.
   *
   * @throws CaptureException with what the proxy knows
   */
  void check() {
    Response document = last;
    // A document that was asked for and has not taken the place of the one before is not shown.
    if (document == null || !sameDocument(document.url(), page.page().url())) {
      return;
    }
    EgressFault fault = page.faultOf(document);
    if (fault != null) {
      throw Failures.of(fault, null);
    }
  }

  private void remember(Response response) {
    if (response.request().isNavigationRequest()
        && response.frame().equals(page.page().mainFrame())) {
      last = response;
    }
  }

  private static boolean sameDocument(String one, String other) {
    return withoutFragment(one).equals(withoutFragment(other));
  }

  private static String withoutFragment(String url) {
    int fragment = url.indexOf('#');
    return fragment < 0 ? url : url.substring(0, fragment);
  }
}
