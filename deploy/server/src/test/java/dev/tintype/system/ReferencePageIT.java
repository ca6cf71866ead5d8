package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.tintype.worker.browser.BrowserExecutable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference page in a browser. */
class ReferencePageIT {
  @Test
  void itShowsTheApiAndAsksNobodyElse(@TempDir Path folder) throws Exception {
    try (TintypeProcess serve =
            TintypeProcess.start(
                "serve", "--data", folder.toString(), "--port", "0", "--browsers", "1");
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(options())) {
      Page page = browser.newPage();
      List<String> asked = new ArrayList<>();
      List<String> complaints = new ArrayList<>();
      page.onRequest(request -> asked.add(request.url()));
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
              complaints.add(message.text());
            }
          });
      page.onPageError(complaints::add);

      page.navigate(serve.url() + "/");
      page.locator("#operations-Jobs-submitJob .opblock-summary-control").click();

      assertThat(page.locator(".opblock").count()).isGreaterThanOrEqualTo(13);
      page.locator("#operations-Jobs-submitJob .responses-table").waitFor();
      assertThat(page.locator("#operations-Jobs-submitJob").textContent())
          .contains("Idempotency-Key", "too_many_waiting");
      assertThat(asked)
          .hasSizeGreaterThan(4)
          .allMatch(url -> url.startsWith(serve.url()) || url.startsWith("data:"));
      assertThat(complaints).isEmpty();
    }
  }

  private static LaunchOptions options() {
    var options = new LaunchOptions();
    BrowserExecutable.on(System.getenv().getOrDefault("PATH", ""))
        .ifPresent(options::setExecutablePath);
    return options;
  }
}
