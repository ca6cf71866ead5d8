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
 * A function that runs inside a page. Its source is a resource next to this class. The page can
 * manipulate its result, which must be read with care.
 */
final class PageFunction {
  // A navigation ends the function. A page that navigates for ever cannot be captured.
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
   * Runs the function and waits for its result. Not with {@code evaluate}, which has no time limit
   * while a page keeps its renderer busy.
   *
   * @return an object as the function makes it, unless the page manipulated it
   * @throws TimeoutError if the page does not respond in time
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
