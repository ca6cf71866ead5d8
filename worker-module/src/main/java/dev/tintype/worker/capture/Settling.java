package dev.tintype.worker.capture;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.tintype.job.CaptureSpec;
import dev.tintype.job.CaptureSpec.WaitUntil;
import dev.tintype.worker.browser.BrowserPage;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits until the page is as it is meant to be seen. No wait outlasts the budget. */
record Settling(BrowserPage page, CaptureSpec spec, Budget budget, Logbook log) {
  private static final PageFunction SETTLE = PageFunction.load("settle.js");

  // What people notice is there within the first second after load; a font or an image that takes
  // longer may as well never come. The function keeps these limits itself.
  private static final Duration FONTS = Duration.ofSeconds(1);
  private static final Duration AUTO = Duration.ofSeconds(2);

  // For the way to a page that is busy at the moment and back.
  private static final Duration ANSWER = Duration.ofSeconds(1);

  void settle() {
    LoadState event = event(spec.waitFor().until());
    if (event != null) {
      await(
          event.name().toLowerCase(Locale.ROOT) + " did not come",
          budget.forWaiting(),
          limit ->
              page.page()
                  .waitForLoadState(event, new Page.WaitForLoadStateOptions().setTimeout(limit)));
    }
    if (spec.waitFor().until() == WaitUntil.AUTO && !budget.waitsAreOver()) {
      look();
    }
    String selector = spec.waitFor().selector();
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
    rest(spec.waitFor().delay());
  }

  private void look() {
    Duration limit = shorter(AUTO.plus(ANSWER), budget.forWaiting());
    await(
        "the page did not answer",
        limit,
        unused ->
            SETTLE.ask(
                page,
                Map.of(
                    "total", millis(shorter(AUTO, limit)),
                    "fonts", millis(shorter(FONTS, limit))),
                limit));
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

  private void await(String otherwise, Duration limit, Consumer<Double> wait) {
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
      case DOMCONTENTLOADED -> LoadState.DOMCONTENTLOADED;
      case LOAD, AUTO -> LoadState.LOAD;
      case NETWORKIDLE -> LoadState.NETWORKIDLE;
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
