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

/** Waits until the page looks complete. No wait exceeds the budget. */
record Settling(BrowserPage page, CaptureSpec spec, Budget budget, Logbook log) {
  private static final PageFunction SETTLE = PageFunction.load("settle.js");

  // Limits that the function keeps itself. What a viewer notices is there within a second or two
  // after load; a font or an image that takes longer may never arrive.
  private static final Duration FONTS = Duration.ofSeconds(1);
  private static final Duration TOTAL = Duration.ofSeconds(2);

  // If nothing arrives or changes for this long, missing resources count as stalled. Visible
  // images, style sheets, and scripts of a page that is still blank get more time: a viewer would
  // miss them, and their server may be slow.
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration QUIET_WITH_HOLES = Duration.ofSeconds(10);

  void settle() {
    LoadState event = event(spec.waits().until());
    if (event != null) {
      await(
          event.name().toLowerCase(Locale.ROOT) + " did not occur",
          budget.forWaiting(),
          limit ->
              page.page()
                  .waitForLoadState(event, new Page.WaitForLoadStateOptions().setTimeout(limit)));
    }
    if (spec.waits().until() == WaitUntil.AUTO && !budget.waitsAreOver()) {
      await("the load event did not occur", budget.forWaiting(), this::look);
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
          "settle: the load event did not occur, and nothing arrived for "
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
    // Not a sleep: Playwright handles its events (crash, popups) meanwhile.
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

  // Playwright can pass int and double to a page, but not long.
  private static int millis(Duration time) {
    return Math.toIntExact(time.toMillis());
  }

  private static @Nullable LoadState event(WaitUntil until) {
    return switch (until) {
      case COMMIT -> null;
      // After that, our own function waits.
      case DOMCONTENTLOADED, AUTO -> LoadState.DOMCONTENTLOADED;
      case LOAD -> LoadState.LOAD;
      case NETWORKIDLE -> LoadState.NETWORKIDLE;
    };
  }
}
