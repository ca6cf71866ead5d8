package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.job.BatchId;

/** A batch as the server told it. Kept as JSON. */
public record RemoteBatch(JsonNode json) {
  /**
   * @throws IllegalArgumentException if it has no id
   */
  public RemoteBatch {
    if (!isBatch(json)) {
      throw new IllegalArgumentException("no batch: a batch has an id of 26 letters and digits");
    }
  }

  static boolean isBatch(JsonNode json) {
    return BatchId.isValid(json.path("id").asText("")) && json.path("total").isInt();
  }

  public BatchId id() {
    return new BatchId(json.path("id").asText());
  }

  /** How many jobs it has. */
  public int total() {
    return json.path("total").asInt();
  }

  /** How many of them have not ended; 0 and it will never change again. */
  public int open() {
    return json.path("open").asInt();
  }

  public boolean isFinished() {
    return open() == 0;
  }

  /** How many of them have an image. */
  public int succeeded() {
    return json.path("succeeded").asInt();
  }
}
