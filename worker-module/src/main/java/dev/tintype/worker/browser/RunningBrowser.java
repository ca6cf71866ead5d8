package dev.tintype.worker.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Playwright with its driver process and one Chromium, from launch to end. Confined to the
 * thread that launched it.
 */
final class RunningBrowser implements BrowserPages {
  private static final Logger log = LoggerFactory.getLogger(RunningBrowser.class);

  private static final int END_SECONDS = 2;

  private final Playwright playwright;
  private final Browser browser;
  private final BrowserProcesses processes;
  private final List<Path> folders;
  private final boolean behindProxy;
  private boolean disconnected;
  private @Nullable BrowserPage preOpened;
  private @Nullable BrowserPage opened;

  /**
   * A browser that has just been launched.
   *
   * @param folders to delete when the browser has ended
   * @param behindProxy whether its requests go through an egress proxy of this process
   */
  RunningBrowser(
      Playwright playwright,
      Browser browser,
      BrowserProcesses processes,
      List<Path> folders,
      boolean behindProxy) {
    this.playwright = playwright;
    this.browser = browser;
    this.processes = processes;
    this.folders = folders;
    this.behindProxy = behindProxy;
    browser.onDisconnected(gone -> disconnected = true);
  }

  String version() {
    return browser.version();
  }

  boolean behindProxy() {
    return behindProxy;
  }

  boolean isAlive() {
    return !disconnected && processes.driverAlive();
  }

  /** Opens a page ahead of its task, which takes 130 ms off the latency of that task. */
  void preOpen() {
    if (preOpened == null) {
      preOpened = BrowserPage.open(this, browser, PageOptions.DEFAULTS);
    }
  }

  /** Blocks until the page that was opened ahead responds. */
  void ping() {
    preOpen();
    Objects.requireNonNull(preOpened).ping();
  }

  @Override
  public BrowserPage open(PageOptions options) {
    if (opened != null) {
      throw new IllegalStateException("a task has one page");
    }
    BrowserPage page = preOpened;
    if (page != null && options.differInSizeOnly()) {
      preOpened = null;
    } else {
      page = BrowserPage.open(this, browser, options);
    }
    opened = page;
    page.resize(options);
    return page;
  }

  @Override
  public boolean responds() {
    try {
      browser.newBrowserCDPSession().detach();
      return isAlive();
    } catch (PlaywrightException e) {
      return false;
    }
  }

  /** Closes the task's page, if the task opened one. */
  void closePage() {
    BrowserPage page = opened;
    opened = null;
    if (page != null) {
      page.close();
    }
  }

  /** Closes the browser properly. May block; call it under the watchdog. */
  void close() {
    try {
      browser.close();
      playwright.close();
    } finally {
      discard();
    }
  }

  /** Kills the browser. Does nothing if it has ended. */
  void discard() {
    discard(playwright, processes, folders);
  }

  /**
   * Kills what has been started so far.
   *
   * @param playwright null if it has not been created
   */
  static void discard(
      @Nullable Playwright playwright, BrowserProcesses processes, List<Path> folders) {
    CompletableFuture<?>[] ends =
        processes.kill().stream()
            .map(ProcessHandle::onExit)
            .<CompletableFuture<?>>toArray(CompletableFuture[]::new);
    try {
      // Processes that are still alive would write into the folders.
      CompletableFuture.allOf(ends).get(END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.info("event=killed_process_lives", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      if (playwright != null) {
        // Joins its reader and writer threads; the driver is gone, so it does not wait.
        playwright.close();
      }
    } catch (PlaywrightException e) {
      log.debug("closing a Playwright whose driver is gone", e);
    }
    folders.forEach(Folders::delete);
  }
}
