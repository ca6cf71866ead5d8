package dev.tintype.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.Input;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldTable;
import dev.tintype.json.Json;

/**
 * What is to be captured, as it is sent. Nothing is checked here: a newer server may allow more
 * than this client knows of, and refuses with every error at once.
 */
public final class Capture {
  private final ObjectNode json;

  private Capture(ObjectNode json) {
    this.json = json;
  }

  /** A page at an address. */
  public static Capture ofUrl(String url) {
    return of(JsonNodeFactory.instance.objectNode()).with(Input.URL, url);
  }

  /** A page of one's own. */
  public static Capture ofHtml(String html) {
    return of(JsonNodeFactory.instance.objectNode()).with(Input.HTML, html);
  }

  /** A body as the API documents it. */
  public static Capture of(ObjectNode json) {
    return new Capture(json.deepCopy());
  }

  /**
   * The same with one option set.
   *
   * @param option a constant of the option groups in {@code dev.tintype.capture}, such as {@code
   *     Viewport.WIDTH}
   */
  public <T> Capture with(Field<T> option, T value) {
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    FieldTable.put(set, option, option.write(value));
    return with(of(set));
  }

  /** The same with every field that the other sets. */
  public Capture with(Capture other) {
    return new Capture(Json.merged(json, other.json));
  }

  /** A copy of the body. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The body on one line; equal captures have equal bodies. */
  @Override
  public String toString() {
    return json.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Capture capture && capture.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }
}
