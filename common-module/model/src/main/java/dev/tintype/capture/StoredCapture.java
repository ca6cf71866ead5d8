package dev.tintype.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.FieldReader;
import dev.tintype.capture.field.Place;
import dev.tintype.json.Json;

/** A capture as it is stored with its job: the canonical body. */
public final class StoredCapture {
  private StoredCapture() {}

  public static String write(CaptureSpec capture) {
    return capture.canonical().toString();
  }

  /** Reads what {@link #write} wrote. */
  public static CaptureSpec read(String stored) {
    ObjectNode body = (ObjectNode) Json.read(stored, JsonNode.class);
    FieldReader reader = new FieldReader(CaptureOptions.IMAGE, Place.BODY).body(body);
    InvalidCaptureException.throwIfAny(reader.errors());
    return new CaptureSpec(reader.values());
  }
}
