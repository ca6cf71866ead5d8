package dev.tintype.capture;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a capture asks for. Its shape is the shape of the request body (whose {@code wait} cannot
 * name a record component); ranges and defaults of each field are those of {@code
 * dev.tintype.capture.CaptureField}, which is how a spec comes into being.
 *
 * @param url address of the page, absolute, http or https; null if {@code html} is given
 * @param html the page itself; null if {@code url} is given
 */
public record CaptureSpec(
    @Nullable String url,
    @Nullable String html,
    Viewport viewport,
    Area area,
    Format format,
    WaitFor waitFor,
    Limits limits) {

  // Nothing can be done in less, and nothing at all is no timeout to a browser.
  private static final Duration MIN_TIME = Duration.ofMillis(1);

  public CaptureSpec {
    if ((url == null) == (html == null)) {
      throw new IllegalArgumentException("a capture has either a url or html");
    }
  }

  /** The same, to be done within this time, if it had more. */
  public CaptureSpec within(Duration left) {
    Duration atLeast = left.compareTo(MIN_TIME) < 0 ? MIN_TIME : left;
    return limits.timeout().compareTo(atLeast) <= 0
        ? this
        : new CaptureSpec(
            url,
            html,
            viewport,
            area,
            format,
            waitFor,
            new Limits(atLeast, limits.onTimeout(), limits.maxAttempts()));
  }

  /**
   * The window that the page is laid out in.
   *
   * @param width CSS pixels
   * @param height CSS pixels
   * @param deviceScaleFactor device pixels per CSS pixel
   */
  public record Viewport(int width, int height, double deviceScaleFactor) {}

  /**
   * Which part of the page is shown.
   *
   * @param fullPage the whole page instead of the viewport
   */
  public record Area(boolean fullPage) {}

  /**
   * The image file.
   *
   * @param quality 1 to 100 for jpeg and webp; null for png
   */
  public record Format(ImageType type, Compression compression, @Nullable Integer quality) {}

  /**
   * When the page counts as ready.
   *
   * @param selector CSS selector of an element that must be visible first, or null
   * @param delay rest after everything else
   */
  public record WaitFor(WaitUntil until, @Nullable String selector, Duration delay) {}

  /**
   * What the capture may cost.
   *
   * @param timeout from the moment a browser begins; time in the queue does not count
   * @param maxAttempts how often it may fail before it has failed for good; 1 for no retry
   */
  public record Limits(Duration timeout, OnTimeout onTimeout, int maxAttempts) {}

  /** The image formats. */
  public enum ImageType {
    PNG,
    JPEG,
    WEBP;

    public String mediaType() {
      return "image/" + this;
    }

    @Override
    public String toString() {
      return word(this);
    }
  }

  /**
   * How hard a PNG is compressed. Fast halves the time of the shot for about a third more bytes.
   */
  public enum Compression {
    FAST,
    SMALL;

    @Override
    public String toString() {
      return word(this);
    }
  }

  /**
   * The page's own event to wait for. {@link #AUTO} is load, then fonts, images in view and a still
   * layout, each bounded.
   */
  public enum WaitUntil {
    AUTO,
    COMMIT,
    DOMCONTENTLOADED,
    LOAD,
    NETWORKIDLE;

    @Override
    public String toString() {
      return word(this);
    }
  }

  /** What to do when a wait outlasts the capture but the page can be shown. */
  public enum OnTimeout {
    /** Take the picture as it is, with a warning. */
    CAPTURE,
    FAIL;

    @Override
    public String toString() {
      return word(this);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
