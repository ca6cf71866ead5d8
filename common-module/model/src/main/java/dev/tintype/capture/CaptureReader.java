package dev.tintype.capture;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.CaptureSpec.Area;
import dev.tintype.capture.CaptureSpec.Compression;
import dev.tintype.capture.CaptureSpec.Format;
import dev.tintype.capture.CaptureSpec.ImageType;
import dev.tintype.capture.CaptureSpec.Limits;
import dev.tintype.capture.CaptureSpec.OnTimeout;
import dev.tintype.capture.CaptureSpec.Viewport;
import dev.tintype.capture.CaptureSpec.WaitFor;
import dev.tintype.capture.CaptureSpec.WaitUntil;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one capture, collecting every error on the way. One instance reads once; not thread-safe.
 */
public final class CaptureReader {
  private static final int DEFAULT_QUALITY = 80;

  // After the user, which an authority may begin with: a name or an address, and perhaps a port.
  private static final Pattern NAMES_A_HOST =
      Pattern.compile(
          "(?:[^@]*@)?(?:\\[[^\\]]+\\]|[^:@\\[]+)(?::(?:0*[1-9]\\d{0,3}|0*[1-5]\\d{4}|0*6[0-4]\\d{3}|0*65[0-4]\\d{2}|0*655[0-2]\\d|0*6553[0-5])?)?");

  // The largest side that the encoders of these formats can write.
  private static final Map<ImageType, Integer> MAX_SIDE =
      Map.of(ImageType.WEBP, 16_383, ImageType.JPEG, 65_500);

  private final Map<CaptureField, Object> values = new EnumMap<>(CaptureField.class);
  private final List<FieldError> errors = new ArrayList<>();

  private CaptureReader() {}

  /**
   * Reads a request body.
   *
   * @throws InvalidCaptureException with every error, if there is one
   */
  public static CaptureRequest read(JsonNode body) {
    var reader = new CaptureReader();
    if (body instanceof ObjectNode object) {
      reader.readObject("", object);
    } else {
      reader.error(
          "", "the body is not a JSON object, such as {\"url\": \"https://example.com/\"}");
    }
    return reader.request();
  }

  /**
   * Reads query parameters, each under its field's flat name.
   *
   * @throws InvalidCaptureException with every error, if there is one
   */
  public static CaptureRequest read(Iterable<Entry<String, String>> parameters) {
    var reader = new CaptureReader();
    for (var parameter : parameters) {
      String name = parameter.getKey();
      CaptureField.flatlyNamed(name)
          .ifPresentOrElse(
              field -> reader.readValue(field, field.spelled(parameter.getValue())),
              () -> reader.unknown("/" + name, name, CaptureField.flatNames()));
    }
    return reader.request();
  }

  /**
   * Reads what stands under {@code webhook}, where it is of no capture.
   *
   * @throws InvalidCaptureException with every error, if there is one
   */
  static Webhook readWebhook(ObjectNode webhook) {
    var reader = new CaptureReader();
    reader.readObject("/webhook", webhook);
    if (!reader.errors.isEmpty()) {
      throw new InvalidCaptureException(reader.errors);
    }
    return Objects.requireNonNull(reader.webhook());
  }

  /** The request body that sets these fields, given as text under their flat names' fields. */
  public static ObjectNode body(Map<CaptureField, String> texts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    texts.forEach(
        (field, text) -> {
          JsonPointer pointer = JsonPointer.compile(field.pointer());
          ObjectNode parent = pointer.head().matches() ? body : body.withObject(pointer.head());
          parent.set(pointer.last().getMatchingProperty(), field.spelled(text));
        });
    return body;
  }

  private void readObject(String at, ObjectNode object) {
    for (var property : object.properties()) {
      String pointer = at + "/" + property.getKey();
      JsonNode value = property.getValue();
      Optional<CaptureField> field = CaptureField.at(pointer);
      if (value.isNull()) {
        // What a client's serializer writes for a value that was not set: as if it were not there.
        continue;
      }
      if (field.isPresent()) {
        readValue(field.get(), value);
      } else if (pointer.equals("/format") && value.isTextual()) {
        readValue(
            CaptureField.FORMAT, value); // {"format": "webp"} for {"format": {"type": "webp"}}
      } else if (CaptureField.isGroup(pointer)) {
        if (value instanceof ObjectNode group) {
          readObject(pointer, group);
        } else {
          error(
              pointer,
              "is not an object; it holds " + String.join(", ", CaptureField.namesIn(pointer)));
        }
      } else {
        unknown(pointer, property.getKey(), CaptureField.namesIn(at));
      }
    }
  }

  private void readValue(CaptureField field, JsonNode node) {
    field
        .read(node)
        .ifPresentOrElse(
            value -> values.put(field, value),
            () ->
                error(field.pointer(), "is " + excerpt(node) + "; allowed is " + field.allowed()));
  }

  private CaptureRequest request() {
    checkInput();
    checkTimes();
    checkWebhook();
    ImageType type = value(CaptureField.FORMAT, ImageType.class);
    Integer quality = optional(CaptureField.QUALITY, Integer.class);
    if (type == ImageType.PNG && quality != null) {
      error(CaptureField.QUALITY.pointer(), "has no meaning for png; allowed with jpeg and webp");
    } else if (type != ImageType.PNG && values.containsKey(CaptureField.COMPRESSION)) {
      error(
          CaptureField.COMPRESSION.pointer(), "has no meaning for " + type + "; allowed with png");
    }
    var viewport =
        new Viewport(
            value(CaptureField.WIDTH, Integer.class),
            value(CaptureField.HEIGHT, Integer.class),
            value(CaptureField.DEVICE_SCALE_FACTOR, Double.class));
    checkSide(type, CaptureField.WIDTH, viewport.width() * viewport.deviceScaleFactor());
    checkSide(type, CaptureField.HEIGHT, viewport.height() * viewport.deviceScaleFactor());
    if (!errors.isEmpty()) {
      throw new InvalidCaptureException(errors);
    }
    var capture =
        new CaptureSpec(
            optional(CaptureField.URL, String.class),
            optional(CaptureField.HTML, String.class),
            viewport,
            new Area(value(CaptureField.FULL_PAGE, Boolean.class)),
            new Format(
                type,
                value(CaptureField.COMPRESSION, Compression.class),
                type == ImageType.PNG || quality != null
                    ? quality
                    : Integer.valueOf(DEFAULT_QUALITY)),
            new WaitFor(
                value(CaptureField.UNTIL, WaitUntil.class),
                optional(CaptureField.SELECTOR, String.class),
                value(CaptureField.DELAY, Duration.class)),
            new Limits(
                value(CaptureField.TIMEOUT, Duration.class),
                value(CaptureField.ON_TIMEOUT, OnTimeout.class),
                value(CaptureField.MAX_ATTEMPTS, Integer.class)));
    var schedule =
        new Schedule(
            value(CaptureField.PRIORITY, Priority.class),
            optional(CaptureField.NOT_BEFORE, Instant.class),
            optional(CaptureField.DEADLINE, Instant.class),
            optional(CaptureField.QUEUE_TIMEOUT, Duration.class));
    return new CaptureRequest(
        capture,
        schedule,
        optional(CaptureField.CACHE_MAX_AGE, Duration.class),
        webhook(),
        optional(CaptureField.METADATA, String.class));
  }

  private @Nullable Webhook webhook() {
    String url = optional(CaptureField.WEBHOOK_URL, String.class);
    if (url == null) {
      return null;
    }
    Set<WebhookEvent> events = new HashSet<>();
    Set<?> given = optional(CaptureField.WEBHOOK_EVENTS, Set.class);
    Objects.requireNonNullElse(given, Webhook.ALL_EVENTS)
        .forEach(event -> events.add((WebhookEvent) event));
    return new Webhook(url, events, value(CaptureField.WEBHOOK_SECRET, String.class));
  }

  private void checkWebhook() {
    boolean called = values.containsKey(CaptureField.WEBHOOK_URL);
    if (called && values.containsKey(CaptureField.CACHE_MAX_AGE)) {
      error(
          CaptureField.CACHE_MAX_AGE.pointer(),
          "is there beside webhook, which another capture's image would not call; give one of the"
              + " two, or make an endpoint, which is called for every job");
    }
    Set<?> events = optional(CaptureField.WEBHOOK_EVENTS, Set.class);
    if (events != null && events.contains(WebhookEvent.BATCH)) {
      error(
          CaptureField.WEBHOOK_EVENTS.pointer(),
          "holds batch, which no single capture ends with; give the batch a webhook of its own");
    }
    boolean named = errors.stream().anyMatch(e -> e.pointer().startsWith("/webhook"));
    for (CaptureField field : List.of(CaptureField.WEBHOOK_EVENTS, CaptureField.WEBHOOK_SECRET)) {
      if (!called && !named && values.containsKey(field)) {
        error(field.pointer(), "has no meaning without " + CaptureField.WEBHOOK_URL.pointer());
      }
    }
  }

  private void checkTimes() {
    Instant notBefore = optional(CaptureField.NOT_BEFORE, Instant.class);
    Instant deadline = optional(CaptureField.DEADLINE, Instant.class);
    if (notBefore != null && deadline != null && !deadline.isAfter(notBefore)) {
      error(CaptureField.DEADLINE.pointer(), "is not after notBefore, which is " + notBefore);
    }
  }

  private void checkInput() {
    String url = optional(CaptureField.URL, String.class);
    boolean hasHtml = values.containsKey(CaptureField.HTML);
    if (url != null && hasHtml) {
      error(CaptureField.HTML.pointer(), "is there beside url; give one of the two");
    } else if (url == null && !hasHtml && errors.stream().noneMatch(CaptureReader::isAboutInput)) {
      error("", "holds neither url nor html; give one of the two");
    } else if (url != null) {
      checkUrl(url);
    }
  }

  private void checkUrl(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        error(
            CaptureField.URL.pointer(),
            "is not an http or https address: it begins with "
                + (scheme.isEmpty() ? "no scheme" : scheme + ":")
                + "; a file or a page of your own can be sent as html");
      } else if (!NAMES_A_HOST
          .matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""))
          .matches()) {
        // Whether it may be dialled, and how a browser would spell it, is for the egress policy to
        // say.
        error(
            CaptureField.URL.pointer(),
            "names no host, or no port from 1 to 65535, as https://example.com:8443/ does");
      }
    } catch (URISyntaxException e) {
      error(
          CaptureField.URL.pointer(),
          "is not a valid address (%s at character %d); special characters are percent-encoded"
              .formatted(e.getReason().toLowerCase(Locale.ROOT), e.getIndex() + 1));
    }
  }

  private void checkSide(ImageType type, CaptureField field, double devicePixels) {
    Integer max = MAX_SIDE.get(type);
    if (max != null && devicePixels > max) {
      error(
          field.pointer(),
          "gives an image of %.0f device pixels; %s can hold %d a side"
              .formatted(devicePixels, type, max));
    }
  }

  private static boolean isAboutInput(FieldError error) {
    return error.pointer().equals(CaptureField.URL.pointer())
        || error.pointer().equals(CaptureField.HTML.pointer())
        || error.pointer().isEmpty();
  }

  private void unknown(String pointer, String name, List<String> known) {
    // A field that is known, but at another place, is the likeliest mistake of all.
    String hint =
        CaptureField.named(name)
            .map(field -> "it belongs at " + field.pointer())
            .or(() -> NearestName.of(name, known).map(near -> "did you mean " + near + "?"))
            .orElse("known are " + String.join(", ", known));
    error(pointer, "is not a known field; " + hint);
  }

  private void error(String pointer, String detail) {
    errors.add(new FieldError(pointer, detail));
  }

  private <T> T value(CaptureField field, Class<T> type) {
    return type.cast(values.getOrDefault(field, field.defaultValue().orElseThrow()));
  }

  private <T> @Nullable T optional(CaptureField field, Class<T> type) {
    return type.cast(values.get(field));
  }

  private static String excerpt(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
