package dev.tintype.worker.capture;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Wait.WaitUntil;
import dev.tintype.worker.browser.BrowserPage;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Waits until the page is as it is meant to be seen. No wait outlasts the budget. */
record Settling(BrowserPage page, CaptureSpec spec, Budget budget, Logbook log) {
  private static final PageFunction SETTLE = PageFunction.load("settle.js");

  // The limits of the function, which it keeps itself. What people notice is there within the first
  // second or two after load; a font or an image that takes longer may as well never come.
  private static final Duration FONTS = Duration.ofSeconds(1);
  private static final Duration TOTAL = Duration.ofSeconds(2);

  // Nothing arrives and nothing changes for so long: what is still missing is stalled. A server
  // that thinks for ten seconds about what a viewer would miss is slow, not stalled: a picture in
  // view, a style sheet, a script of a page that shows nothing yet.
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration QUIET_WITH_HOLES = Duration.ofSeconds(10);

  void settle() {
    LoadState event = event(spec.waits().until());
    if (event != null) {
      await(
          event.name().toLowerCase(Locale.ROOT) + " did not come",
          budget.forWaiting(),
          limit ->
              page.page()
                  .waitForLoadState(event, new Page.WaitForLoadStateOptions().setTimeout(limit)));
    }
    if (spec.waits().until() == WaitUntil.AUTO && !budget.waitsAreOver()) {
      await("load did not come", budget.forWaiting(), this::look);
    }
    String selector = spec.waits().selector();
    if (selector != null) {
      await(
          "no visible element matched " + selector,
          budget.forWaiting(),
          limit ->
              page.page()
                  .waitForSelector(
                      // Its own engines (text=, xpath) are Playwright's; the option promises CSS.
                      "css=" + selector,
                      new Page.WaitForSelectorOptions()
                          .setState(WaitForSelectorState.VISIBLE)
                          .setTimeout(limit)));
    }
    rest(spec.waits().delay());
  }

  private void look(double limit) {
    Map<?, ?> answer =
        SETTLE.ask(
            page,
            Map.of(
                "total", millis(TOTAL),
                "fonts", millis(FONTS),
                "quiet", millis(QUIET),
                "quietWithHoles", millis(QUIET_WITH_HOLES)),
            Duration.ofMillis((long) limit));
    if (Boolean.FALSE.equals(answer.get("load"))) {
      log.warn(
          Logbook.LOAD_INCOMPLETE,
          "settle: load did not come, and nothing arrived any more for "
              + Logbook.spelled(QUIET)
              + " or longer");
    }
  }

  private void rest(Duration delay) {
    if (delay.isZero()) {
      return;
    }
    Duration possible = budget.forWaiting();
    boolean cut = delay.compareTo(possible) > 0;
    // Not a sleep: Playwright's events (crash, popups) are served meanwhile.
    page.page().waitForTimeout((double) (cut ? possible : delay).toMillis());
    if (cut) {
      log.waitTimedOut("the delay of " + Logbook.spelled(delay) + " did not end", possible);
    }
  }

  private void await(String otherwise, Duration limit, DoubleConsumer wait) {
    try {
      wait.accept((double) limit.toMillis());
    } catch (TimeoutError e) {
      log.waitTimedOut(otherwise, limit);
    }
  }

  // Playwright passes int and double on to a page, and no long.
  private static int millis(Duration time) {
    return Math.toIntExact(time.toMillis());
  }

  private static @Nullable LoadState event(WaitUntil until) {
    return switch (until) {
      case COMMIT -> null;
      // From there on it is our own function that waits.
      case DOMCONTENTLOADED, AUTO -> LoadState.DOMCONTENTLOADED;
      case LOAD -> LoadState.LOAD;
      case NETWORKIDLE -> LoadState.NETWORKIDLE;
    };
  }
}
