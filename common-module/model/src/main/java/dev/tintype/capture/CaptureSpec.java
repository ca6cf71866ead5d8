package dev.tintype.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.Values;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an image shows: the options of a capture that a worker reads. Two specs are equal if every
 * option has the same value, however it was written.
 *
 * @param values of options of the image; others are left out
 */
public record CaptureSpec(Values values) {
  // A browser takes no timeout at all for no limit.
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);

  public CaptureSpec {
    values = values.only(CaptureOptions.IMAGE.fields());
    Input.of(values);
  }

  /** A capture of an address with all defaults. */
  public static CaptureSpec ofUrl(String url) {
    return new CaptureSpec(Values.NONE.with(Input.URL, url));
  }

  /** A capture of a page with all defaults. */
  public static CaptureSpec ofHtml(String html) {
    return new CaptureSpec(Values.NONE.with(Input.HTML, html));
  }

  /** The same with one option set. */
  public <T> CaptureSpec with(Field<T> option, T value) {
    return new CaptureSpec(values.with(option, value));
  }

  /** The same, limited to the time that is left. */
  public CaptureSpec within(Duration left) {
    Duration atLeast = left.compareTo(MIN_TIMEOUT) < 0 ? MIN_TIMEOUT : left;
    return limits().timeout().compareTo(atLeast) <= 0 ? this : with(Limits.TIMEOUT, atLeast);
  }

  /** The options of the image as their shortest body: equal captures have equal bodies. */
  public ObjectNode canonical() {
    return CaptureOptions.IMAGE.write(values);
  }

  public @Nullable String url() {
    return values.find(Input.URL);
  }

  public @Nullable String html() {
    return values.find(Input.HTML);
  }

  public Viewport viewport() {
    return Viewport.of(values);
  }

  public Area area() {
    return Area.of(values);
  }

  public Format format() {
    return Format.of(values);
  }

  // A record component cannot have the name of the final method of Object.
  public Wait waits() {
    return Wait.of(values);
  }

  public Limits limits() {
    return Limits.of(values);
  }
}
