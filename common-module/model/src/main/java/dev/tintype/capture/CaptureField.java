package dev.tintype.capture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.CaptureSpec.Compression;
import dev.tintype.capture.CaptureSpec.ImageType;
import dev.tintype.capture.CaptureSpec.OnTimeout;
import dev.tintype.capture.CaptureSpec.WaitUntil;
import dev.tintype.capture.FieldType.Decimal;
import dev.tintype.capture.FieldType.Document;
import dev.tintype.capture.FieldType.Events;
import dev.tintype.capture.FieldType.Flag;
import dev.tintype.capture.FieldType.Moment;
import dev.tintype.capture.FieldType.Name;
import dev.tintype.capture.FieldType.Text;
import dev.tintype.capture.FieldType.Time;
import dev.tintype.capture.FieldType.WebAddress;
import dev.tintype.capture.FieldType.Whole;
import dev.tintype.capture.FieldType.Word;
import dev.tintype.webhook.Webhook;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every field of a capture: its place in the JSON body, its flat name as a query parameter and (in
 * kebab-case) as a CLI flag, what it may hold, and its default. The order is the order of the
 * documentation.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // Types are records, defaults are numbers, words and durations.
public enum CaptureField {
  URL("/url", "url", new Text(8192), null, "Address of the page, http or https."),
  // 5 MiB of text; the limit on the whole body leaves room for its escapes.
  HTML("/html", "html", new Text(5 << 20), null, "The page itself, instead of an address."),
  WIDTH("/viewport/width", "width", new Whole(1, 8192), 1280, "Width of the window, CSS pixels."),
  HEIGHT(
      "/viewport/height", "height", new Whole(1, 8192), 800, "Height of the window, CSS pixels."),
  DEVICE_SCALE_FACTOR(
      "/viewport/deviceScaleFactor",
      "deviceScaleFactor",
      new Decimal(0.5, 4),
      1.0,
      "Device pixels per CSS pixel; 2 gives a sharp image for dense screens."),
  FULL_PAGE(
      "/area/fullPage", "fullPage", new Flag(), false, "The whole page instead of the window."),
  FORMAT(
      "/format/type", "format", new Word(ImageType.class), ImageType.PNG, "Format of the image."),
  COMPRESSION(
      "/format/compression",
      "compression",
      new Word(Compression.class),
      Compression.FAST,
      "How hard a png is compressed: fast takes half the time for a third more bytes."),
  QUALITY(
      "/format/quality",
      "quality",
      new Whole(1, 100),
      null,
      "Quality of a jpeg or webp, 80 unless given."),
  UNTIL(
      "/wait/until",
      "until",
      new Word(WaitUntil.class),
      WaitUntil.AUTO,
      "Event to wait for; auto is load, then fonts, images in view and a still layout, each bounded."),
  SELECTOR(
      "/wait/selector",
      "selector",
      new Text(1024),
      null,
      "Wait until an element that matches is visible."),
  DELAY(
      "/wait/delay",
      "delay",
      new Time(Duration.ZERO, Duration.ofSeconds(60)),
      Duration.ZERO,
      "Rest after every other wait."),
  TIMEOUT(
      "/limits/timeout",
      "timeout",
      new Time(Duration.ofSeconds(1), Duration.ofMinutes(10)),
      Duration.ofSeconds(60),
      "Deadline of the capture once a browser has begun; time in the queue does not count."),
  ON_TIMEOUT(
      "/limits/onTimeout",
      "onTimeout",
      new Word(OnTimeout.class),
      OnTimeout.CAPTURE,
      "When a wait outlasts the capture: take the picture with a warning, or fail."),
  MAX_ATTEMPTS(
      "/limits/maxAttempts",
      "maxAttempts",
      new Whole(1, 10),
      3,
      "How often it may fail before it has failed for good; 1 for no retry."),
  QUEUE_TIMEOUT(
      "/limits/queueTimeout",
      "queueTimeout",
      new Time(Duration.ofSeconds(1), Duration.ofDays(7)),
      null,
      "Expires if no browser has begun after this long in the queue."),
  PRIORITY(
      "/priority",
      "priority",
      new Word(Priority.class),
      Priority.NORMAL,
      "Which of your own jobs goes first; a class is a head start of ten minutes."),
  NOT_BEFORE("/notBefore", "notBefore", new Moment(), null, "Begins no earlier than this."),
  DEADLINE(
      "/deadline",
      "deadline",
      new Moment(),
      null,
      "Expires if no browser has begun by then; an attempt that runs is ended."),
  CACHE_MAX_AGE(
      "/cache/maxAge",
      "cacheMaxAge",
      new Time(Duration.ZERO, Duration.ofDays(7)),
      null,
      "An equal capture with this field that is not older answers this one, too."),
  WEBHOOK_URL(
      "/webhook/url",
      "webhookUrl",
      new WebAddress(2048),
      null,
      "Is called when the job has ended, signed as Standard Webhooks has it."),
  WEBHOOK_EVENTS(
      "/webhook/events",
      "webhookEvents",
      new Events(),
      null,
      "Which ends are told; all of them unless given."),
  WEBHOOK_SECRET(
      "/webhook/secret",
      "webhookSecret",
      new Name(Webhook.SECRET_NAME),
      Webhook.DEFAULT_SECRET,
      "Name of the secret that signs."),
  METADATA(
      "/metadata",
      "metadata",
      new Document(4096, 16),
      null,
      "Your own JSON object, given back with the job and in webhooks.");

  private final String pointer;
  private final String flatName;
  private final FieldType type;
  private final @Nullable Object defaultValue;
  private final String description;

  CaptureField(
      String pointer,
      String flatName,
      FieldType type,
      @Nullable Object defaultValue,
      String description) {
    this.pointer = pointer;
    this.flatName = flatName;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** JSON pointer in the body. */
  public String pointer() {
    return pointer;
  }

  /** The name as a query parameter, camelCase. */
  public String flatName() {
    return flatName;
  }

  /** The name as a CLI flag, without the dashes. */
  public String flag() {
    return flatName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  public String description() {
    return description;
  }

  public Optional<Object> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  public String allowed() {
    return type.allowed();
  }

  /** Whether the field is a yes or no, so that a flag needs no value. */
  public boolean isFlag() {
    return type instanceof Flag;
  }

  /** The field at a JSON pointer of a body. */
  static Optional<CaptureField> at(String pointer) {
    return fields().filter(field -> field.pointer.equals(pointer)).findFirst();
  }

  /** The field of a name as a query parameter. */
  static Optional<CaptureField> flatlyNamed(String name) {
    return fields().filter(field -> field.flatName.equals(name)).findFirst();
  }

  /** A field that somebody may mean by a name, wherever it belongs. */
  static Optional<CaptureField> named(String name) {
    return fields()
        .filter(field -> field.pointer.endsWith("/" + name) || field.flatName.equals(name))
        .findFirst();
  }

  /** Whether there are fields below a JSON pointer. */
  static boolean isGroup(String pointer) {
    return fields().anyMatch(field -> field.pointer.startsWith(pointer + "/"));
  }

  /** What an object at a JSON pointer may hold. */
  static List<String> namesIn(String group) {
    return fields()
        .filter(field -> field.pointer.startsWith(group + "/"))
        .map(field -> field.pointer.substring(group.length() + 1).replaceFirst("/.*", ""))
        .distinct()
        .toList();
  }

  static List<String> flatNames() {
    return fields().map(CaptureField::flatName).toList();
  }

  private static Stream<CaptureField> fields() {
    return Arrays.stream(values());
  }

  Optional<?> read(JsonNode node) {
    return type.read(node);
  }

  JsonNode spelled(String text) {
    return type.spelled(text);
  }
}
