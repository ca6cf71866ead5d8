package dev.tintype.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.bench.soak.SoakLedger.Entry;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.json.Json;
import dev.tintype.testing.Story;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Every job as its client finds it in the end, over HTTP. */
final class SoakStories {
  private final List<SoakStory> stories = new ArrayList<>();
  private final List<String> illegal = new ArrayList<>();
  private final List<String> wrongImages = new ArrayList<>();
  private int images;

  /** A job that was found, and its timeline. */
  record SoakStory(Entry entry, JobState state, String failure, List<TimelineEntry> timeline) {
    long count(Event event) {
      return timeline.stream().filter(line -> line.event() == event).count();
    }
  }

  private SoakStories() {}

  /** Asks for every job, and for the image that it has or must not have. */
  static SoakStories read(SoakClient client, SoakLedger ledger)
      throws IOException, InterruptedException {
    var stories = new SoakStories();
    for (Entry entry : ledger.entries()) {
      HttpResponse<byte[]> answer = client.untilAnswered(client.job(entry.id()));
      SoakLoad.note(ledger, entry, answer);
      if (answer.statusCode() == 200) {
        JsonNode job = SoakLoad.json(answer);
        stories.add(entry, job);
        stories.addImage(entry, job, client.untilAnswered(client.image(entry.id())));
      }
    }
    return stories;
  }

  private void add(Entry entry, JsonNode job) {
    List<TimelineEntry> timeline = new ArrayList<>();
    for (JsonNode line : job.path("timeline")) {
      timeline.add(
          new TimelineEntry(
              timeline.size(),
              Json.MAPPER.convertValue(line.path("at"), Instant.class),
              Json.MAPPER.convertValue(line.path("event"), Event.class),
              line.path("attempt").intValue(),
              line.path("worker").textValue(),
              line.path("code").textValue(),
              line.path("message").textValue()));
    }
    var story =
        new SoakStory(
            entry, SoakLoad.state(job), job.path("failure").path("code").asText(), timeline);
    stories.add(story);
    List<JobState> states = Story.states(timeline);
    for (String step : Story.illegalSteps(states)) {
      illegal.add(entry.id() + " has the step " + step + ": " + states);
    }
    if (story.count(Event.SUCCEEDED) > 1) {
      illegal.add(entry.id() + " succeeded more than once: " + states);
    }
  }

  private void addImage(Entry entry, JsonNode job, HttpResponse<byte[]> image) {
    boolean succeeded = SoakLoad.state(job) == JobState.SUCCEEDED;
    if (!succeeded) {
      if (image.statusCode() == 200) {
        wrongImages.add(entry.id() + " is " + SoakLoad.state(job) + " and has an image");
      }
    } else if (image.statusCode() != 200) {
      wrongImages.add(entry.id() + " succeeded, and its image is answered " + image.statusCode());
    } else {
      images++;
      String says = job.path("result").path("image").path("sha256").asText();
      String is = sha256(image.body());
      if (!is.equals(says)) {
        wrongImages.add(entry.id() + " says " + says + ", and its image is " + is);
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  List<SoakStory> all() {
    return stories;
  }

  long count(JobState state) {
    return stories.stream().filter(story -> story.state == state).count();
  }

  long count(Event event) {
    return stories.stream().mapToLong(story -> story.count(event)).sum();
  }

  List<String> illegal() {
    return illegal;
  }

  int images() {
    return images;
  }

  List<String> wrongImages() {
    return wrongImages;
  }

  /** Jobs that ended as no page of their kind should. */
  List<String> undeserved() {
    return stories.stream()
        .filter(story -> story.state.isFinal() && !isDeserved(story))
        .map(
            story ->
                "%s, %s, is %s %s"
                    .formatted(
                        story.entry.id(), story.entry.order().page(), story.state, story.failure))
        .toList();
  }

  private static boolean isDeserved(SoakStory story) {
    SoakOrder order = story.entry.order();
    return switch (story.state) {
      case SUCCEEDED -> order.page() != SoakOrder.Page.UNREACHABLE;
      case FAILED ->
          story.failure.equals("worker_crashed")
              || (order.page() == SoakOrder.Page.UNREACHABLE
                  && story.failure.equals("connection_failed"));
      case CANCELLED -> order.cancelAfter() != null;
      case EXPIRED -> order.page() == SoakOrder.Page.IMPATIENT;
      case SCHEDULED, QUEUED, RUNNING -> false;
    };
  }
}
