package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a page, http or https, as a browser takes it. What a browser would escape by
 * itself (spaces, {@code |}, {@code {}} and the like) is escaped here, so that the value is a URI.
 */
record PageAddressType(int maxLength) implements FieldType<String> {
  // After the user, which an authority may begin with: a name or an address, and perhaps a port.
  private static final Pattern NAMES_A_HOST =
      Pattern.compile(
          "(?:[^@]*@)?(?:\\[[^\\]]+\\]|[^:@\\[]+)(?::(?:0*[1-9]\\d{0,3}|0*[1-5]\\d{4}|0*6[0-4]\\d{3}|0*65[0-4]\\d{2}|0*655[0-2]\\d|0*6553[0-5])?)?");

  // What browsers skip at both ends, and the mark that begins a text file of Windows.
  private static final Pattern AROUND = Pattern.compile("^[\\x00-\\x20\\uFEFF]+|[\\x00-\\x20]+$");
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\t\\r\\n]");
  private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final String ESCAPED = " \"<>`{}|^\\";

  @Override
  public Optional<String> read(JsonNode node, Faults faults) {
    if (!node.isTextual() || node.textValue().isBlank() || node.textValue().length() > maxLength) {
      faults.refuse(allowed(), node);
      return Optional.empty();
    }
    String url = escaped(node.textValue());
    String fault = fault(url);
    if (fault != null) {
      faults.add(fault);
    }
    return fault == null ? Optional.of(url) : Optional.empty();
  }

  private static @Nullable String fault(String url) {
    try {
      URI uri = new URI(url);
      String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
      if (scheme.isEmpty()) {
        return "must begin with http:// or https://";
      }
      if (!scheme.equals("http") && !scheme.equals("https")) {
        return "must be an http or https address (it begins with "
            + scheme
            + ":); send a file or a page of your own as html";
      }
      // Whether it may be dialled is for the egress policy to decide.
      return NAMES_A_HOST.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), "")).matches()
          ? null
          : "must name a host, and a port from 1 to 65535 if any, as https://example.com:8443/"
              + " does";
    } catch (URISyntaxException e) {
      return "is not a valid address (%s at character %d); percent-encode special characters"
          .formatted(e.getReason().toLowerCase(Locale.ROOT), e.getIndex() + 1);
    }
  }

  /** As the URL Standard's parser treats what it accepts and RFC 3986 does not. */
  private static String escaped(String text) {
    String url = LINE_BREAKS.matcher(AROUND.matcher(text).replaceAll("")).replaceAll("");
    int authority = url.indexOf("://");
    if (authority < 0) {
      return url;
    }
    int path = authority + 3;
    while (path < url.length() && "/?#\\".indexOf(url.charAt(path)) < 0) {
      path++;
    }
    StringBuilder escaped = new StringBuilder(url.substring(0, path));
    boolean isPath = true;
    boolean isFragment = false;
    for (char c : LONE_PERCENT.matcher(url.substring(path)).replaceAll("%25").toCharArray()) {
      if (c == '\\' && isPath) {
        escaped.append('/');
      } else if (c < ' '
          || c == 0x7F
          || ESCAPED.indexOf(c) >= 0
          || (isPath && (c == '[' || c == ']'))
          || (isFragment && c == '#')) {
        escaped.append(String.format("%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
      isFragment |= c == '#';
      isPath &= c != '?' && c != '#';
    }
    return escaped.toString();
  }

  @Override
  public JsonNode write(String value) {
    return TextNode.valueOf(value);
  }

  @Override
  public JsonNode spelled(List<String> texts) {
    return TextNode.valueOf(texts.get(texts.size() - 1));
  }

  @Override
  public String allowed() {
    return String.format(
        Locale.ROOT, "an http or https address of up to %,d characters", maxLength);
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("string")
        .put("minLength", 1)
        .put("maxLength", maxLength)
        .put("pattern", "^\\s*[Hh][Tt][Tt][Pp][Ss]?://");
  }
}
