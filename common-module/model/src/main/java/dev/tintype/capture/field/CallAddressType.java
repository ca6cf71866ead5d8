package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tintype.webhook.Webhook;
import java.util.Locale;
import java.util.Optional;

/** An address that the platform calls: a host, and no user, whose password would end in logs. */
record CallAddressType(int maxLength) implements FieldType.Scalar<String> {
  @Override
  public Optional<String> parse(JsonNode node) {
    return node.isTextual()
            && node.textValue().length() <= maxLength
            && Webhook.isUrl(node.textValue())
        ? Optional.of(node.textValue())
        : Optional.empty();
  }

  @Override
  public JsonNode write(String value) {
    return TextNode.valueOf(value);
  }

  @Override
  public JsonNode spelled(String text) {
    return TextNode.valueOf(text);
  }

  @Override
  public String allowed() {
    return String.format(
        Locale.ROOT,
        "an http or https address of up to %,d characters, with a host and without a user",
        maxLength);
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("string")
        .put("maxLength", maxLength)
        .put("format", "uri")
        .put("pattern", "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@]+([/?#].*)?$");
  }
}
