package dev.tintype.capture;

import static dev.tintype.capture.field.Types.pageAddress;
import static dev.tintype.capture.field.Types.text;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Rule;
import dev.tintype.capture.field.Values;
import org.jspecify.annotations.Nullable;

/**
 * The page to capture.
 *
 * @param url absolute, http or https; null if {@code html} is given
 * @param html the page itself; null if {@code url} is given
 */
public record Input(@Nullable String url, @Nullable String html) {
  public static final Field<String> URL =
      Field.at("/url", "url", pageAddress(8192)).describedAs("Address of the page, http or https.");

  // 5 MiB of text; the limit on the whole body leaves room for its escapes.
  public static final Field<String> HTML =
      Field.at("/html", "html", text(5 << 20))
          .describedAs("HTML of the page, instead of an address.");

  static final OptionGroup GROUP =
      OptionGroup.of("Page", URL, HTML).under(Rule.exactlyOneOf(URL, HTML));

  public Input {
    if ((url == null) == (html == null)) {
      throw new IllegalArgumentException("a capture has either a url or html");
    }
  }

  static Input of(Values values) {
    return new Input(values.find(URL), values.find(HTML));
  }
}
