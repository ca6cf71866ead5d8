package dev.tintype.worker.capture;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitUntilState;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.worker.browser.BrowserPage;
import org.jspecify.annotations.Nullable;

/**
 * Loads the page up to the first bytes of its document. {@link Settling} waits for later events: a
 * page without them can still be captured, one without a response cannot.
 */
record Navigation(BrowserPage page, CaptureSpec spec, Budget budget) {

  /**
   * The response of the server.
   *
   * @param status HTTP status; null for inline html
   */
  record Answer(@Nullable Integer status) {}

  Answer go() {
    double limit = budget.forWaiting().toMillis();
    String url = spec.url();
    if (url == null) {
      page.page()
          .setContent(
              String.valueOf(spec.html()),
              new Page.SetContentOptions().setWaitUntil(WaitUntilState.COMMIT).setTimeout(limit));
      return new Answer(null);
    }
    Response response =
        page.page()
            .navigate(
                url,
                new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT).setTimeout(limit));
    return new Answer(response == null ? null : Integer.valueOf(response.status()));
  }
}
