package dev.tintype.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Captures that are asked for together, as they are sent. Nothing is checked here. */
public final class CaptureBatch {
  private final ObjectNode json;

  private CaptureBatch(ObjectNode json) {
    this.json = json;
  }

  /**
   * A batch without defaults.
   *
   * @param captures 1 to 1,000, which need to say only what the defaults do not
   */
  public static CaptureBatch of(List<Capture> captures) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    captures.forEach(capture -> json.withArray("captures").add(capture.json()));
    return new CaptureBatch(json);
  }

  /** The same, with what all captures have unless they say otherwise. */
  public CaptureBatch withDefaults(Capture defaults) {
    return with("defaults", defaults.json());
  }

  /**
   * The same, with an address that is called once, when the last job has ended.
   *
   * @param secret name of the secret that signs
   */
  public CaptureBatch withWebhook(String url, String secret) {
    return with(
        "webhook", JsonNodeFactory.instance.objectNode().put("url", url).put("secret", secret));
  }

  /** The same, with an object that is given back wherever the batch is shown. */
  public CaptureBatch withMetadata(ObjectNode metadata) {
    return with("metadata", metadata);
  }

  private CaptureBatch with(String field, ObjectNode value) {
    ObjectNode changed = json.deepCopy();
    changed.set(field, value.deepCopy());
    return new CaptureBatch(changed);
  }

  /** The body on one line. */
  @Override
  public String toString() {
    return json.toString();
  }
}
