package dev.tintype.worker.browser;

/** What a task sees of its browser. Confined to the browser's thread, and to the task. */
public interface BrowserPages {
  /**
   * Opens the task's page, one for each task, in a context that no other task has used or will use.
   * Takes the page that was opened ahead if its options fit.
   *
   * @throws com.microsoft.playwright.PlaywrightException if the browser refuses or is gone
   */
  BrowserPage open(PageOptions options);

  /**
   * Whether the browser responds now. Blocks until it does or the watchdog ends it; for telling
   * failures apart, where a process may be gone and Playwright does not know it yet.
   */
  boolean responds();
}
