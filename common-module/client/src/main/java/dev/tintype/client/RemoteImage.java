package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.Format.ImageType;

/** An image of a job, as the server described it; its bytes are fetched by its name. */
public record RemoteImage(JsonNode json) {
  /** Name of the only image of most jobs. */
  public static final String DEFAULT_NAME = "image";

  /** Unique within its job. */
  public String name() {
    return json.path("name").asText(DEFAULT_NAME);
  }

  /** Format, such as {@code png}. */
  public String type() {
    return json.path("type").asText("");
  }

  /** Size of the file in bytes. */
  public long bytes() {
    return json.path("bytes").asLong();
  }

  /** Width in pixels. */
  public int width() {
    return json.path("width").asInt();
  }

  /** Height in pixels. */
  public int height() {
    return json.path("height").asInt();
  }

  /** Usual end of the file's name, such as {@code .png}. */
  public String extension() {
    return type().equals(ImageType.JPEG.toString()) ? ".jpg" : "." + type();
  }
}
