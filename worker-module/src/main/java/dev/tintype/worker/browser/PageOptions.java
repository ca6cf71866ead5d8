package dev.tintype.worker.browser;

/**
 * What must be known about a page when its browser context is made, because a context keeps its
 * options for life.
 *
 * <p>A page is opened ahead of each task with the {@link #DEFAULTS}. It serves every task whose
 * options differ from them in size only; any other task gets a page in a context of its own. A new
 * option is one component here and one line in {@link BrowserPage#open}, which is where Playwright
 * applies it to every frame, those in other processes included.
 *
 * @param width of the window, CSS pixels
 * @param height of the window, CSS pixels
 * @param deviceScaleFactor device pixels per CSS pixel
 */
public record PageOptions(int width, int height, double deviceScaleFactor) {
  public static final PageOptions DEFAULTS = new PageOptions(1280, 800, 1);

  /** Whether a page with the default options becomes a page with these when it is resized. */
  boolean differInSizeOnly() {
    return withSizeOf(DEFAULTS).equals(DEFAULTS);
  }

  boolean hasSizeOf(PageOptions other) {
    return equals(withSizeOf(other));
  }

  private PageOptions withSizeOf(PageOptions other) {
    return new PageOptions(other.width, other.height, other.deviceScaleFactor);
  }
}
