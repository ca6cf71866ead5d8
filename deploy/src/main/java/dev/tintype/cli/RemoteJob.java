package dev.tintype.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A job as the server told it. Kept as JSON: {@code --json} passes on every field, also those of a
 * newer server.
 */
record RemoteJob(JsonNode json) {
  String id() {
    return text("/id");
  }

  String state() {
    return text("/state");
  }

  int attempt() {
    return json.path("attempt").asInt();
  }

  boolean isFinal() {
    // A newer server may know more states; every job that is over has its end.
    return known().map(JobState::isFinal).orElse(json.path("finishedAt").isTextual());
  }

  boolean hasSucceeded() {
    return known().filter(state -> state == JobState.SUCCEEDED).isPresent();
  }

  /** Text at a JSON pointer; empty if there is none. */
  String text(String pointer) {
    return json.at(pointer).asText("");
  }

  long number(String pointer) {
    return json.at(pointer).asLong();
  }

  List<JsonNode> list(String pointer) {
    return StreamSupport.stream(json.at(pointer).spliterator(), false).toList();
  }

  /** Time between two of the job's own moments, by the clock of the server. */
  Optional<Duration> between(String from, String to) {
    return instant(from)
        .flatMap(begin -> instant(to).map(end -> Duration.between(begin, end)))
        .filter(time -> !time.isNegative());
  }

  private Optional<Instant> instant(String field) {
    try {
      return Optional.of(Instant.parse(json.path(field).asText("")));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Optional<JobState> known() {
    return Arrays.stream(JobState.values())
        .filter(state -> state.toString().equals(state()))
        .findFirst();
  }
}
