package dev.tintype.worker.capture;

import dev.tintype.job.CaptureException;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.browser.BrowserPage;

/**
 * Asks the browser whether it takes what a client wrote. To be used while the page is blank: it has
 * no script then that could delay or forge the response.
 */
final class InputCheck {
  private static final String SELECTOR_ERROR =
      """
      (selector) => {
        try {
          document.createDocumentFragment().querySelector(selector);
          return '';
        } catch (error) {
          return error.message;
        }
      }
      """;

  private InputCheck() {}

  /**
   * Refuses a selector that is not valid CSS.
   *
   * @param use for the message, for example "to wait for"
   * @throws CaptureException with the browser's reason
   */
  static void checkSelector(BrowserPage page, String use, String selector) {
    String reason = String.valueOf(page.page().evaluate(SELECTOR_ERROR, selector));
    if (!reason.isEmpty()) {
      throw new CaptureException(
          FailureCode.INVALID_SELECTOR,
          "open: the selector %s is not valid CSS. The browser says: %s".formatted(use, reason));
    }
  }

  static boolean isUrl(BrowserPage page, String url) {
    return Boolean.TRUE.equals(page.page().evaluate("(url) => URL.canParse(url)", url));
  }
}
