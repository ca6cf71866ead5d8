package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.job.JobId;
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
public record RemoteJob(JsonNode json) {
  /**
   * @throws IllegalArgumentException if it has no id
   */
  public RemoteJob {
    if (!isJob(json)) {
      throw new IllegalArgumentException("no job: a job has an id of 26 letters and digits");
    }
  }

  static boolean isJob(JsonNode json) {
    return JobId.isValid(json.path("id").asText(""));
  }

  public JobId id() {
    return new JobId(text("/id"));
  }

  /** Its state; a newer server may know words that {@code JobState} does not. */
  public String state() {
    return text("/state");
  }

  /** How often a browser has begun; 0 if none has. */
  public int attempt() {
    return json.path("attempt").asInt();
  }

  /** Whether it will never change again. */
  public boolean isFinal() {
    // A newer server may know more states; every job that is over has its end.
    return known().map(JobState::isFinal).orElse(json.path("finishedAt").isTextual());
  }

  /** Whether there is an image. */
  public boolean hasSucceeded() {
    return known().filter(state -> state == JobState.SUCCEEDED).isPresent();
  }

  /** Text at a JSON pointer; empty if it is absent. */
  public String text(String pointer) {
    return json.at(pointer).asText("");
  }

  /** Number at a JSON pointer; 0 if it is absent. */
  public long number(String pointer) {
    return json.at(pointer).asLong();
  }

  /** Elements of the list at a JSON pointer; empty if it is absent. */
  public List<JsonNode> list(String pointer) {
    return StreamSupport.stream(json.at(pointer).spliterator(), false).toList();
  }

  /** The images of a job that has succeeded, the first first; empty if it has not. */
  public List<RemoteImage> images() {
    List<RemoteImage> images = list("/result/images").stream().map(RemoteImage::new).toList();
    // A server of an earlier version describes the first only.
    return images.isEmpty() && json.at("/result/image").isObject()
        ? List.of(new RemoteImage(json.at("/result/image")))
        : images;
  }

  /** Usual end of the name of the first image's file, such as {@code .png}. */
  public String extension() {
    return images().stream().findFirst().map(RemoteImage::extension).orElse("");
  }

  /** Time between two of the job's own moments, by the clock of the server. */
  public Optional<Duration> between(String from, String to) {
    return moment(from)
        .flatMap(begin -> moment(to).map(end -> Duration.between(begin, end)))
        .filter(time -> !time.isNegative());
  }

  /** One of the job's own moments, by the clock of the server. */
  public Optional<Instant> moment(String field) {
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
