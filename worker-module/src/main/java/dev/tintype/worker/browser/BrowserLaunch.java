package dev.tintype.worker.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts browsers. One serves all the browsers of a process; thread-safe. */
public final class BrowserLaunch {
  private static final Logger log = LoggerFactory.getLogger(BrowserLaunch.class);

  private static final Map<String, String> DRIVER_ENVIRONMENT =
      Map.of(
          // Otherwise the first start may download browsers for ten minutes.
          "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1",
          // Otherwise a screenshot may wait for fonts for ever (playwright#28995). The capture has
          // its own, limited wait for fonts.
          "PW_TEST_SCREENSHOT_NO_FONTS_READY", "1");

  private final BrowserSettings settings;
  private final boolean sandbox;
  // Two drivers that start at once could not be told apart by their handles.
  private final ReentrantLock oneAtATime;

  public BrowserLaunch(BrowserSettings settings) {
    this(settings, new ReentrantLock());
    if (!sandbox) {
      log.warn(
          "event=sandbox_off note=\"Chromium has no sandbox when it runs as root; run as another user to"
              + " render pages that you do not trust\"");
    }
  }

  BrowserLaunch(BrowserSettings settings, ReentrantLock oneAtATime) {
    this.settings = settings;
    this.oneAtATime = oneAtATime;
    sandbox = !"root".equals(System.getProperty("user.name"));
  }

  /**
   * The same for browsers behind a proxy.
   *
   * @param port of the proxy on 127.0.0.1
   */
  public BrowserLaunch behindProxy(int port) {
    return new BrowserLaunch(settings.withProxyPort(port), oneAtATime);
  }

  public BrowserSettings settings() {
    return settings;
  }

  /** Whether pages run in Chromium's sandbox. */
  public boolean sandboxed() {
    return sandbox;
  }

  /**
   * Starts a driver and a browser, and renders once. Blocks, under the watchdog.
   *
   * @param turn the longest wait for other launches of this process
   * @throws IllegalStateException if they take longer
   */
  RunningBrowser start(Watchdog watchdog, Duration turn) {
    awaitTurn(turn);
    try {
      BrowserProcesses processes = BrowserProcesses.beforeLaunch();
      watchdog.guard(processes);
      return watchdog.during("launch", settings.launchTimeout(), () -> launch(processes));
    } finally {
      oneAtATime.unlock();
    }
  }

  private void awaitTurn(Duration max) {
    try {
      if (!oneAtATime.tryLock(max.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "other browsers took longer than " + max.toMillis() + " ms to start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another browser started", e);
    }
  }

  private RunningBrowser launch(BrowserProcesses processes) {
    var folders = new ArrayList<Path>();
    Playwright playwright = null;
    try {
      playwright = Playwright.create(new Playwright.CreateOptions().setEnv(DRIVER_ENVIRONMENT));
      processes.driverStarted();
      Path scratch = Files.createTempDirectory("tintype-browser-");
      folders.add(scratch);
      Browser browser = playwright.chromium().launch(options(scratch));
      processes.profile().ifPresent(folders::add);
      var running =
          new RunningBrowser(playwright, browser, processes, folders, settings.proxyPort() != null);
      renderOnce(running);
      running.preOpen();
      return running;
    } catch (IOException e) {
      RunningBrowser.discard(playwright, processes, folders);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      RunningBrowser.discard(playwright, processes, folders);
      throw e;
    }
  }

  private BrowserType.LaunchOptions options(Path scratch) {
    var options =
        new BrowserType.LaunchOptions()
            .setArgs(LaunchFlags.of(settings))
            .setChromiumSandbox(sandbox)
            .setArtifactsDir(scratch)
            .setTimeout((double) settings.launchTimeout().toMillis())
            // A signal to this process means: finish the capture, then stop. The driver would close
            // the browser at once.
            .setHandleSIGINT(false)
            .setHandleSIGTERM(false)
            .setHandleSIGHUP(false);
    Path executable = settings.executable();
    if (executable != null) {
      options.setExecutablePath(executable);
    } else {
      BrowserExecutable.on(System.getenv().getOrDefault("PATH", ""))
          .ifPresent(options::setExecutablePath);
    }
    return options;
  }

  /**
   * Playwright supports one release of Chromium only, and this may be another. A mismatch should
   * fail at the start, not at the first capture.
   */
  private static void renderOnce(RunningBrowser running) {
    BrowserPage page = running.open(PageOptions.DEFAULTS);
    page.page().setContent("<!doctype html><title>ready</title><p>ready");
    byte[] shot = page.screenshot(new JsonObject());
    if (shot.length == 0 || !"ready".equals(page.page().title())) {
      throw new PlaywrightException(
          "the browser starts but does not render; its version is " + running.version());
    }
    running.closePage();
  }
}
