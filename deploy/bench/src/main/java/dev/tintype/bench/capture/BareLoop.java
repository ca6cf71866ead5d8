package dev.tintype.bench.capture;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.tintype.worker.browser.BrowserExecutable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What one would write with Playwright and no platform: some threads, each with its browser; a
 * fresh context for every page, load, picture, close.
 */
final class BareLoop implements AutoCloseable {
  private final List<Photographing> threads = new ArrayList<>();

  /** One thread with its Playwright, which belongs to it. */
  private record Photographing(ExecutorService thread, Playwright playwright, Browser browser) {}

  BareLoop(int browsers) {
    for (int i = 0; i < browsers; i++) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      threads.add(CompletableFuture.supplyAsync(() -> launch(thread), thread).join());
    }
  }

  /** Takes a picture of each page, the threads taking the next as they are free. */
  void capture(List<String> urls, Function<Page, byte[]> shot) {
    var next = new AtomicInteger();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Photographing each : threads) {
      Runnable loop =
          () -> {
            for (int i = next.getAndIncrement(); i < urls.size(); i = next.getAndIncrement()) {
              capture(each.browser, urls.get(i), shot);
            }
          };
      ends.add(CompletableFuture.runAsync(loop, each.thread));
    }
    ends.forEach(CompletableFuture::join);
  }

  /** Playwright's own. */
  static byte[] screenshot(Page page) {
    return page.screenshot();
  }

  /** The protocol's, with what Playwright's own does not offer. */
  static byte[] speedScreenshot(Page page) {
    var parameters = new JsonObject();
    parameters.addProperty("format", "png");
    parameters.addProperty("optimizeForSpeed", true);
    var session = page.context().newCDPSession(page);
    String data = session.send("Page.captureScreenshot", parameters).get("data").getAsString();
    return Base64.getDecoder().decode(data);
  }

  @Override
  public void close() {
    for (Photographing each : threads) {
      CompletableFuture.runAsync(
              () -> {
                each.browser.close();
                each.playwright.close();
              },
              each.thread)
          .join();
      each.thread.shutdown();
    }
  }

  private static Photographing launch(ExecutorService thread) {
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var options = new LaunchOptions();
    // The same browser as the other contestant's.
    BrowserExecutable.on(System.getenv().getOrDefault("PATH", ""))
        .ifPresent(options::setExecutablePath);
    return new Photographing(thread, playwright, playwright.chromium().launch(options));
  }

  private static void capture(Browser browser, String url, Function<Page, byte[]> shot) {
    var options = new Browser.NewContextOptions().setViewportSize(1280, 800);
    try (var context = browser.newContext(options)) {
      Page page = context.newPage();
      var response = page.navigate(url);
      byte[] image = shot.apply(page);
      if (response == null || response.status() != 200 || image.length < 1_000) {
        throw new IllegalStateException("no picture of " + url);
      }
    }
  }
}
