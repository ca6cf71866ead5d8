package dev.tintype.worker.capture;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import dev.tintype.worker.browser.BrowserPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A function of ours that runs inside of a page. Its source is a resource beside this class; its
 * answer comes from a place that the page controls, and is read with that in mind.
 */
final class PageFunction {
  // A page that leads itself elsewhere takes the function along; one that never stops is no page.
  private static final int ATTEMPTS = 3;

  private final String source;

  private PageFunction(String source) {
    this.source = source;
  }

  static PageFunction load(String resource) {
    try (var stream = PageFunction.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new PageFunction(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks, and waits for the answer. Not with {@code evaluate}, which has no time limit at all where
   * a page keeps its renderer busy.
   *
   * @return an object of the function's own shape, if the page did not meddle
   * @throws TimeoutError if the page does not answer in time
   */
  Map<?, ?> ask(BrowserPage page, Map<String, ?> argument, Duration limit) {
    for (int attempt = 1; ; attempt++) {
      try {
        JSHandle answer =
            page.page()
                .waitForFunction(
                    source,
                    argument,
                    new Page.WaitForFunctionOptions().setTimeout((double) limit.toMillis()));
        return answer.jsonValue() instanceof Map<?, ?> map ? map : Map.of();
      } catch (TimeoutError e) {
        throw e;
      } catch (PlaywrightException e) {
        if (attempt == ATTEMPTS
            || page.crashed()
            || !page.browserAlive()
            || page.page().isClosed()) {
          throw e;
        }
      }
    }
  }
}
