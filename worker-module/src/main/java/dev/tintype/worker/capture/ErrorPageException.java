package dev.tintype.worker.capture;

import com.microsoft.playwright.PlaywrightException;

/**
 * The browser shows its own error page, because the page navigated to an address that does not
 * respond. Has the message that Playwright uses for a failed navigation.
 */
final class ErrorPageException extends PlaywrightException {
  private static final long serialVersionUID = 1L;

  private final String host;

  /**
   * @param host to which there was no connection, lower case; empty if it is not known
   * @param error as in {@code net::ERR_CONNECTION_REFUSED}
   */
  ErrorPageException(String host, String error) {
    super(error);
    this.host = host;
  }

  String host() {
    return host;
  }
}
