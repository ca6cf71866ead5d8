package dev.tintype.worker.capture;

import com.microsoft.playwright.TimeoutError;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.job.CaptureException;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.browser.BrowserPage;
import java.time.Duration;
import java.util.Map;

/**
 * Prepares the page for the screenshot: lazy content loaded, animations finished, no caret. This
 * also proves that the page responds, because a screenshot would wait for it without a limit.
 */
record Preparation(BrowserPage page, CaptureSpec spec, Budget budget) {
  private static final PageFunction PREPARE = PageFunction.load("prepare.js");

  // Scrolling through 16,384 pixels takes half a second; the rest is for images that load.
  private static final Duration LAZY_CONTENT = Duration.ofSeconds(5);

  Prepared prepare() {
    Duration limit = budget.forPreparing();
    Duration lazy =
        LAZY_CONTENT.compareTo(limit.dividedBy(2)) < 0 ? LAZY_CONTENT : limit.dividedBy(2);
    try {
      Map<?, ?> answer =
          PREPARE.ask(
              page,
              Map.of(
                  "fullPage", spec.area().fullPage(),
                  "maxHeight", ShotLimits.height(spec),
                  "lazyContent", Math.toIntExact(lazy.toMillis()),
                  // One more, to notice a surrogate pair at the cut.
                  "maxTitle", Words.MAX_TITLE + 1),
              limit);
      return new Prepared(
          answer.get("title") instanceof String title ? Words.cut(title, Words.MAX_TITLE) : "",
          answer.get("height") instanceof Number height
              ? height.intValue()
              : spec.viewport().height());
    } catch (TimeoutError e) {
      throw new CaptureException(
          FailureCode.TIMEOUT,
          "prepare: a script of the page keeps it busy; it did not answer within "
              + Logbook.spelled(limit)
              + " of the "
              + Logbook.spelled(budget.total())
              + " for the capture",
          e);
    }
  }
}
