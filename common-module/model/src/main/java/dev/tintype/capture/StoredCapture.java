package dev.tintype.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.FieldReader;
import dev.tintype.capture.field.FieldTable;
import dev.tintype.capture.field.Place;
import dev.tintype.json.Json;

/**
 * A capture as it is stored with its job: the canonical body, and the version that a build has to
 * understand to read it. The version is the highest {@code since} of the options that are used, so
 * that a new option concerns only the captures that use it.
 */
public final class StoredCapture {
  private static final String VERSION = "version";

  private StoredCapture() {}

  public static String write(CaptureSpec capture) {
    ObjectNode stored = JsonNodeFactory.instance.objectNode();
    stored.put(VERSION, capture.values().version());
    stored.setAll(capture.canonical());
    return stored.toString();
  }

  /**
   * Reads what {@link #write} of any build wrote.
   *
   * @throws UnreadableCaptureException if a newer build is needed
   */
  public static CaptureSpec read(String stored) {
    return read(stored, CaptureOptions.IMAGE);
  }

  static CaptureSpec read(String stored, FieldTable table) {
    ObjectNode body = (ObjectNode) Json.read(stored, JsonNode.class);
    JsonNode written = body.remove(VERSION);
    if (written == null) {
      // Before there were versions: every default written out, and another name for one group.
      body.set("wait", body.remove("waitFor"));
    }
    int version = written == null ? 1 : written.intValue();
    if (version > table.version()) {
      throw new UnreadableCaptureException(
          version,
          "the capture is stored in version "
              + version
              + "; this build understands versions up to "
              + table.version());
    }
    FieldReader reader = new FieldReader(table, Place.BODY).body(body);
    if (!reader.errors().isEmpty()) {
      throw new UnreadableCaptureException(version, reader.errors().get(0).sentence());
    }
    return new CaptureSpec(reader.values());
  }
}
