package dev.tintype.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.client.RemoteImage;
import dev.tintype.client.RemoteJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A job in few words, for people. */
public final class Summary {
  private Summary() {}

  /** The result of a job in one line, and a line for each warning. */
  public static List<String> success(RemoteJob job) {
    return job.images().isEmpty() ? List.of("no image") : success(job, job.images().get(0));
  }

  /** The same for one of its images. */
  static List<String> success(RemoteJob job, RemoteImage image) {
    List<String> facts = new ArrayList<>();
    String status = job.text("/result/status");
    // An error page is an image like any other: its reader must not overlook that.
    if (isError(status)) {
      facts.add("the page answered with HTTP " + status);
    }
    facts.add(image(image));
    if (!status.isEmpty() && !isError(status)) {
      facts.add("HTTP " + status);
    }
    job.between("createdAt", "finishedAt").ifPresent(time -> facts.add(time(time)));
    job.between("createdAt", "startedAt")
        .filter(time -> time.toSeconds() > 0)
        .ifPresent(time -> facts.add(time(time) + " of it in the queue"));
    List<String> lines = new ArrayList<>();
    lines.add(String.join(", ", facts));
    for (JsonNode warning : job.list("/result/warnings")) {
      lines.add("warning: " + warning.path("message").asText());
    }
    return lines;
  }

  public static String failure(RemoteJob job) {
    return job.text("/failure/code").isEmpty()
        ? "the job is " + job.state()
        : "capture failed: %s (%s)"
            .formatted(job.text("/failure/message"), job.text("/failure/code"));
  }

  /** All that a person may want to know. */
  public static List<String> details(RemoteJob job) {
    List<String> lines = new ArrayList<>();
    lines.add(job.id() + " " + job.state());
    add(lines, "page", job.text("/url"));
    if (job.text("/result/finalUrl").equals(job.text("/url"))) {
      add(lines, "title", job.text("/result/title"));
    } else {
      add(lines, "led to", job.text("/result/finalUrl"));
      add(lines, "title", job.text("/result/title"));
    }
    if (job.hasSucceeded()) {
      success(job).forEach(line -> add(lines, "image", line));
      job.images().stream()
          .skip(1)
          .forEach(image -> add(lines, "image", image.name() + ": " + image(image)));
    } else if (job.isFinal()) {
      add(lines, "failure", failure(job));
    }
    job.list("/timeline").forEach(entry -> add(lines, "timeline", entry(entry)));
    return lines;
  }

  /** A line of a job's story, or of that of all jobs. */
  public static String entry(JsonNode entry) {
    List<String> words = new ArrayList<>();
    for (String field : List.of("at", "job", "event")) {
      if (entry.hasNonNull(field)) {
        words.add(entry.path(field).asText());
      }
    }
    if (entry.path("attempt").asInt() > 0) {
      words.add("attempt " + entry.path("attempt"));
    }
    if (entry.hasNonNull("worker")) {
      words.add("on " + entry.path("worker").asText());
    }
    String why =
        Stream.of(entry.path("code").asText(""), entry.path("message").asText(""))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return String.join(" ", words) + (why.isEmpty() ? "" : ": " + why);
  }

  private static void add(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add(String.format(Locale.ROOT, "  %-9s %s", name, value));
    }
  }

  /** Whether an HTTP status is that of an error. */
  public static boolean isError(String status) {
    return status.startsWith("4") || status.startsWith("5");
  }

  private static String image(RemoteImage image) {
    return "%dx%d %s, %s"
        .formatted(image.width(), image.height(), image.type(), size(image.bytes()));
  }

  private static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  public static String time(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
