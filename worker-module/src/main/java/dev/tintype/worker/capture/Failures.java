package dev.tintype.worker.capture;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.job.CaptureException;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.browser.BrowserKilledException;
import dev.tintype.worker.browser.BrowserKilledException.Reason;
import dev.tintype.worker.browser.BrowserNotStartedException;
import dev.tintype.worker.browser.BrowserPage;
import dev.tintype.worker.browser.BrowserPages;
import dev.tintype.worker.egress.EgressFault;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps browser errors to the failures that clients see. */
final class Failures {
  // Chromium's names of network errors are stable: net/base/net_error_list.h promises never to
  // change their meaning.
  private static final Pattern NET_ERROR = Pattern.compile("net::(ERR_[A-Z0-9_]+)");

  private Failures() {}

  /**
   * The failure of a capture that a browser was given.
   *
   * @return what a client is told; {@code e} itself if the caller aborted the capture
   */
  static Throwable of(Throwable e, CaptureSpec spec) {
    if (e instanceof CaptureException) {
      return e;
    }
    if (e instanceof BrowserKilledException killed) {
      return killed.reason() == Reason.ABORTED
          ? killed
          : new CaptureException(
              FailureCode.TIMEOUT,
              "the page kept the browser from answering beyond the "
                  + Logbook.spelled(spec.limits().timeout())
                  + " for the capture",
              e);
    }
    if (e instanceof BrowserNotStartedException) {
      return new CaptureException(
          FailureCode.BROWSER_FAILED, "the browser had died, and another did not start", e);
    }
    return new CaptureException(FailureCode.INTERNAL, "the capture could not be made", e);
  }

  static CaptureException of(
      PlaywrightException e,
      String step,
      CaptureSpec spec,
      BrowserPages browser,
      @Nullable BrowserPage page) {
    String target = target(e instanceof ErrorPageException lost ? lost.host() : host(spec));
    if (hasCrashed(page)) {
      return failure(FailureCode.PAGE_CRASHED, step, target + " brought its renderer down", e);
    }
    Matcher netError = NET_ERROR.matcher(String.valueOf(e.getMessage()));
    if (netError.find()) {
      return network(netError.group(1), step, target, e);
    }
    if (e instanceof TimeoutError) {
      return failure(
          FailureCode.TIMEOUT,
          step,
          target
              + " gave no answer within the "
              + Logbook.spelled(spec.limits().timeout())
              + " for the capture",
          e);
    }
    if (!browser.responds()) {
      return failure(FailureCode.BROWSER_FAILED, step, "the browser died and was replaced", e);
    }
    // The probe has served events that were still on their way.
    if (hasCrashed(page)) {
      return failure(FailureCode.PAGE_CRASHED, step, target + " brought its renderer down", e);
    }
    if (page != null && page.page().isClosed()) {
      return failure(FailureCode.NOT_A_PAGE, step, target + " closed its own window", e);
    }
    String url = spec.url();
    if (step.equals("navigate") && page != null && url != null && !InputCheck.isUrl(page, url)) {
      return failure(FailureCode.INVALID_URL, step, "the browser refuses the URL as malformed", e);
    }
    if (step.equals("navigate")) {
      // The only other navigation that fails without a network error is a download.
      return failure(
          FailureCode.NOT_A_PAGE, step, target + " answers with a download, not with a page", e);
    }
    return failure(FailureCode.INTERNAL, step, "the browser refused a command", e);
  }

  private static boolean hasCrashed(@Nullable BrowserPage page) {
    return page != null && page.crashed();
  }

  /** The failure for a connection that the proxy could not make. */
  static CaptureException of(EgressFault fault, @Nullable Throwable cause) {
    return new CaptureException(code(fault), fault.message(), cause);
  }

  static FailureCode code(EgressFault fault) {
    return switch (fault.kind()) {
      case REFUSED -> FailureCode.EGRESS_REFUSED;
      case UNRESOLVED -> FailureCode.HOST_NOT_FOUND;
      case UNREACHABLE -> FailureCode.CONNECTION_FAILED;
    };
  }

  /** The requested host; empty for inline HTML. */
  static String host(CaptureSpec spec) {
    String url = spec.url();
    return url == null ? "" : host(url);
  }

  /**
   * The host of an address, lower case; empty if it has none. Read by hand, because browsers leave
   * characters in addresses that {@link java.net.URI} does not take.
   */
  static String host(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return "";
    }
    String authority = url.substring(scheme + 3).split("[/?#\\\\]", 2)[0];
    String place = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = place.lastIndexOf(':');
    boolean hasPort = colon > place.lastIndexOf(']');
    return (hasPort ? place.substring(0, colon) : place).toLowerCase(Locale.ROOT);
  }

  private static CaptureException network(
      String error, String step, String target, PlaywrightException cause) {
    return switch (error) {
      case "ERR_NAME_NOT_RESOLVED", "ERR_NAME_RESOLUTION_FAILED", "ERR_ICANN_NAME_COLLISION" ->
          failure(FailureCode.HOST_NOT_FOUND, step, target + " does not resolve", cause);
      case "ERR_ABORTED", "ERR_INVALID_RESPONSE" ->
          failure(
              FailureCode.NOT_A_PAGE,
              step,
              target + " answers with a download or with nothing, not with a page",
              cause);
      case "ERR_INVALID_URL",
          "ERR_INVALID_REDIRECT",
          "ERR_UNSAFE_PORT",
          "ERR_UNSAFE_REDIRECT",
          "ERR_DISALLOWED_URL_SCHEME",
          "ERR_UNKNOWN_URL_SCHEME" ->
          failure(
              FailureCode.INVALID_URL,
              step,
              "the browser refuses the URL of " + target + " (" + error + ")",
              cause);
      case "ERR_TOO_MANY_REDIRECTS" ->
          failure(FailureCode.NOT_A_PAGE, step, target + " redirects in a circle", cause);
      case "ERR_TIMED_OUT" ->
          failure(FailureCode.CONNECTION_FAILED, step, target + " did not answer", cause);
      default -> {
        boolean tls = error.startsWith("ERR_CERT_") || error.startsWith("ERR_SSL_");
        yield failure(
            tls ? FailureCode.TLS_FAILED : FailureCode.CONNECTION_FAILED,
            step,
            (tls ? "no trusted connection to " : "no connection to ") + target + " (" + error + ")",
            cause);
      }
    };
  }

  private static CaptureException failure(
      FailureCode code, String step, String message, Throwable cause) {
    return new CaptureException(code, step + ": " + message, cause);
  }

  private static String target(String host) {
    return host.isEmpty() ? "the page" : host;
  }
}
