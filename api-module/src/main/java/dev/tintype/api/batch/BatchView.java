package dev.tintype.api.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it stands on the wire.
 *
 * @param state whether any of its jobs is open, as a word
 */
public record BatchView(
    String id,
    String state,
    int total,
    int open,
    int succeeded,
    int failed,
    int cancelled,
    int expired,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable JsonNode metadata,
    Links links) {
  static BatchView of(Batch batch) {
    return new BatchView(
        batch.id().value(),
        batch.open() == 0 ? "finished" : "open",
        batch.total(),
        batch.open(),
        batch.succeeded(),
        batch.failed(),
        batch.cancelled(),
        batch.expired(),
        batch.createdAt(),
        batch.finishedAt(),
        batch.metadata() == null ? null : Json.read(batch.metadata(), JsonNode.class),
        Links.of(batch.id()));
  }

  static String self(BatchId id) {
    return "/v1/batches/" + id;
  }

  record Links(String self, String results, String images) {
    static Links of(BatchId id) {
      String self = BatchView.self(id);
      return new Links(self, self + "/results", self + "/images.zip");
    }
  }
}
