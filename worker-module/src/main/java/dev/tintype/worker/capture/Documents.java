package dev.tintype.worker.capture;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import dev.tintype.job.CaptureException;
import dev.tintype.worker.browser.BrowserPage;
import dev.tintype.worker.egress.EgressFault;
import org.jspecify.annotations.Nullable;

/**
 * The responses to requests for the page's document: from a server, or from the egress proxy if it
 * could not reach the server. Watches during the whole capture, because a page may navigate by
 * itself.
 */
final class Documents {
  private static final String ERROR_PAGE = "chrome-error:";

  // These keep the current page: a download, a 204, a navigation that another one replaced.
  private static final String ABORTED = "net::ERR_ABORTED";

  private final BrowserPage page;
  private @Nullable Response last;
  private @Nullable Request lastFailed;

  private Documents(BrowserPage page) {
    this.page = page;
  }

  static Documents watch(BrowserPage page) {
    var documents = new Documents(page);
    page.page().onResponse(documents::remember);
    page.page().onRequestFailed(documents::rememberFailed);
    return documents;
  }

  /**
   * Ends the capture of an error page of the proxy or of the browser.
   *
   * @throws CaptureException with what the proxy knows
   * @throws ErrorPageException with what the browser knows
   */
  void check() {
    if (page.page().url().startsWith(ERROR_PAGE)) {
      throw errorPage();
    }
    Response document = last;
    // A document that was requested and did not replace the one before is not shown.
    if (document == null || !sameDocument(document.url(), page.page().url())) {
      return;
    }
    EgressFault fault = faultIn(document);
    if (fault != null) {
      throw Failures.of(fault, null);
    }
  }

  /**
   * Null if a server has answered, and for https, where a fault breaks the navigation. In a tunnel,
   * and without a proxy, a server may send any header, the proxy's own included.
   */
  private @Nullable EgressFault faultIn(Response document) {
    return page.behindProxy() && document.url().startsWith("http://")
        ? EgressFault.in(document.headers())
        : null;
  }

  private ErrorPageException errorPage() {
    Request failed = lastFailed;
    return failed == null
        ? new ErrorPageException("", "net::ERR_FAILED")
        : new ErrorPageException(Failures.host(failed.url()), failed.failure());
  }

  private void remember(Response response) {
    if (isDocument(response.request())) {
      last = response;
    }
  }

  private void rememberFailed(Request request) {
    if (!ABORTED.equals(request.failure()) && isDocument(request)) {
      lastFailed = request;
    }
  }

  private boolean isDocument(Request request) {
    return request.isNavigationRequest() && request.frame().equals(page.page().mainFrame());
  }

  private static boolean sameDocument(String one, String other) {
    return withoutFragment(one).equals(withoutFragment(other));
  }

  private static String withoutFragment(String url) {
    int fragment = url.indexOf('#');
    return fragment < 0 ? url : url.substring(0, fragment);
  }
}
