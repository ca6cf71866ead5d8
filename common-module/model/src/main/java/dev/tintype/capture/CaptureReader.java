package dev.tintype.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.FieldError;
import dev.tintype.capture.field.FieldReader;
import dev.tintype.capture.field.Place;
import java.util.List;
import java.util.Map.Entry;

/** Reads a capture from a JSON body or from query parameters, or says everything that is wrong. */
public final class CaptureReader {
  private CaptureReader() {}

  /**
   * Reads a request body.
   *
   * @throws InvalidCaptureException with every error, if there is one
   */
  public static CaptureRequest read(JsonNode body) {
    return read(body, Place.BODY);
  }

  /**
   * Reads a request body whose fields the caller wrote elsewhere, so that errors name them as the
   * caller did.
   *
   * @throws InvalidCaptureException with every error, if there is one
   */
  public static CaptureRequest read(JsonNode body, Place place) {
    if (!(body instanceof ObjectNode object)) {
      throw new InvalidCaptureException(
          List.of(
              new FieldError(
                  "", "must be a JSON object, such as {\"url\": \"https://example.com/\"}")));
    }
    return request(new FieldReader(CaptureOptions.TABLE, place).body(object));
  }

  /**
   * Reads query parameters.
   *
   * @throws InvalidCaptureException with every error, if there is one
   */
  public static CaptureRequest read(Iterable<Entry<String, String>> parameters) {
    return request(new FieldReader(CaptureOptions.TABLE, Place.QUERY).query(parameters));
  }

  private static CaptureRequest request(FieldReader reader) {
    InvalidCaptureException.throwIfAny(reader.check().errors());
    return new CaptureRequest(reader.values());
  }
}
