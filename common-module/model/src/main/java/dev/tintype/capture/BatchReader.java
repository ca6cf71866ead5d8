package dev.tintype.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.FieldError;
import dev.tintype.capture.field.FieldReader;
import dev.tintype.capture.field.NearestName;
import dev.tintype.capture.field.Place;
import dev.tintype.json.Json;
import dev.tintype.webhook.Webhook;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch: captures, and what they have in common. A capture overrides the defaults field by
 * field; null takes a default away. One instance reads once; not thread-safe.
 */
public final class BatchReader {
  private static final List<String> NAMES = List.of("defaults", "captures", "webhook", "metadata");

  // Each job is stored with its page, so a page of the defaults is stored a thousand times.
  private static final int MOST_HTML = 8 << 20;

  // A mistake in a generated list is likely in each of its lines.
  private static final int MOST_ERRORS = 100;

  private final Set<FieldError> errors = new LinkedHashSet<>();

  private BatchReader() {}

  /**
   * Reads a request body. May take tens of milliseconds.
   *
   * @throws InvalidCaptureException with every error up to the hundredth, if there is one
   */
  public static BatchRequest read(JsonNode body) {
    return new BatchReader().batch(body);
  }

  private BatchRequest batch(JsonNode body) {
    if (!(body instanceof ObjectNode fields)) {
      error(
          "",
          "is not a JSON object, such as {\"captures\": [{\"url\": \"https://example.com/\"}]}");
      throw invalid();
    }
    for (var property : fields.properties()) {
      if (!NAMES.contains(property.getKey())) {
        unknown(property.getKey());
      }
    }
    List<CaptureRequest> captures = captures(defaults(fields.path("defaults")), fields);
    checkSize(captures);
    Webhook webhook = webhook(fields.path("webhook"));
    String metadata = metadata(fields.path("metadata"));
    if (!errors.isEmpty()) {
      throw invalid();
    }
    return new BatchRequest(captures, webhook, metadata);
  }

  private ObjectNode defaults(JsonNode node) {
    if (node instanceof ObjectNode fields) {
      return CaptureOptions.TABLE.spelledOut(fields);
    }
    if (isThere(node)) {
      error("/defaults", "is not an object; it holds what a capture may, for all of them");
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private List<CaptureRequest> captures(ObjectNode defaults, ObjectNode batch) {
    List<CaptureRequest> captures = new ArrayList<>();
    JsonNode list = batch.path("captures");
    if (!(list instanceof ArrayNode)
        || list.isEmpty()
        || list.size() > BatchRequest.MOST_CAPTURES) {
      String what =
          list.isArray() ? "holds " + list.size() : isThere(list) ? "is no list" : "is missing";
      error(
          "/captures",
          "%s; allowed is a list of 1 to %,d captures".formatted(what, BatchRequest.MOST_CAPTURES));
      return captures;
    }
    for (int i = 0; i < list.size() && errors.size() < MOST_ERRORS; i++) {
      if (list.get(i) instanceof ObjectNode capture) {
        capture(i, CaptureOptions.TABLE.spelledOut(capture), defaults, captures);
      } else {
        error("/captures/" + i, "is not an object, such as {\"url\": \"https://example.com/\"}");
      }
    }
    return captures;
  }

  private void checkSize(List<CaptureRequest> captures) {
    long characters =
        captures.stream()
            .map(request -> request.capture().html())
            .mapToLong(html -> html == null ? 0 : html.length())
            .sum();
    if (characters > MOST_HTML) {
      error(
          "/defaults/html",
          "is %,d characters in all captures together; allowed are %,d; name the page by its url instead"
              .formatted(characters, MOST_HTML));
    }
  }

  private void capture(
      int place, ObjectNode capture, ObjectNode defaults, List<CaptureRequest> captures) {
    boolean hasPage = capture.hasNonNull("url") || capture.hasNonNull("html");
    // The page is one thing, in either of its two forms.
    ObjectNode below = hasPage ? defaults.deepCopy().without(List.of("url", "html")) : defaults;
    try {
      CaptureRequest request = CaptureReader.read(Json.merged(below, capture));
      captures.add(request);
      if (request.cacheMaxAge() != null) {
        error(
            placeOf(Cache.MAX_AGE.pointer(), place, capture, below),
            "has no meaning in a batch, in which every capture makes an image of its own");
      }
    } catch (InvalidCaptureException e) {
      for (FieldError each : e.errors()) {
        errors.add(each.moved(pointer -> placeOf(pointer, place, capture, below)));
      }
    }
  }

  /** Where the invalid value came from. An error in the defaults is reported once. */
  private static String placeOf(
      String pointer, int place, ObjectNode capture, ObjectNode defaults) {
    boolean isDefault =
        !pointer.isEmpty()
            && capture.at(pointer).isMissingNode()
            && !defaults.at(pointer).isMissingNode();
    return (isDefault ? "/defaults" : "/captures/" + place) + pointer;
  }

  private @Nullable Webhook webhook(JsonNode node) {
    if (!isThere(node)) {
      return null;
    }
    if (node.hasNonNull("events")) {
      error(
          "/webhook/events",
          "has no meaning here: the webhook of a batch is called once, at its end");
    }
    try {
      return WebhookReader.read(node, Webhook.DEFAULT_SECRET);
    } catch (InvalidCaptureException e) {
      e.errors().forEach(each -> errors.add(each.moved("/webhook"::concat)));
      return null;
    }
  }

  private @Nullable String metadata(JsonNode node) {
    if (!isThere(node)) {
      return null;
    }
    FieldReader reader =
        new FieldReader(CaptureOptions.TABLE, Place.BODY)
            .body(JsonNodeFactory.instance.objectNode().set("metadata", node));
    errors.addAll(reader.errors());
    return reader.values().find(Metadata.METADATA);
  }

  private void unknown(String name) {
    String hint =
        CaptureOptions.TABLE.namesIn("").contains(name)
            ? "it belongs into a capture, or at /defaults/" + name + " for all of them"
            : NearestName.of(name, NAMES)
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", NAMES));
    error("/" + name, "is not a known field; " + hint);
  }

  private void error(String pointer, String detail) {
    errors.add(new FieldError(pointer, detail));
  }

  private InvalidCaptureException invalid() {
    return new InvalidCaptureException(errors.stream().limit(MOST_ERRORS).toList());
  }

  private static boolean isThere(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }
}
