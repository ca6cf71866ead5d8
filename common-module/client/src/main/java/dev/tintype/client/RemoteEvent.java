package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.job.TimelineEntry;
import java.util.Arrays;

/**
 * Something that has happened to a job, as the server told it. Kept as JSON: {@code --json} passes
 * on every field, also those of a newer server.
 *
 * @param id from where to go on
 * @param name what happened; a newer server may know words that {@code TimelineEntry.Event} does
 *     not
 */
public record RemoteEvent(String id, String name, JsonNode json) {
  /** Whether nothing can happen to the job after this. */
  public boolean isLast() {
    return Arrays.stream(TimelineEntry.Event.values())
        .anyMatch(event -> event.isLast() && event.toString().equals(name));
  }

  /** A field of the data; empty if it is absent. */
  public String text(String field) {
    return json.path(field).asText("");
  }
}
