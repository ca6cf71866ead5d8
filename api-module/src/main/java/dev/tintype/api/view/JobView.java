package dev.tintype.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.capture.Priority;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.StepTiming;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job as it stands on the wire: a job without what only the house needs to know, with links. */
public record JobView(
    String id,
    JobState state,
    Priority priority,
    @Nullable String url,
    int attempt,
    int failures,
    int crashes,
    Instant createdAt,
    @Nullable Instant notBefore,
    @Nullable Instant deadline,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable ResultView result,
    @Nullable Failure failure,
    @Nullable JsonNode metadata,
    List<AttemptView> attempts,
    List<EntryView> timeline,
    Links links) {

  public static JobView of(Job job, List<TimelineEntry> timeline) {
    return new JobView(
        job.id().value(),
        job.state(),
        job.priority(),
        job.url(),
        job.attempt(),
        failures(job),
        job.crashes(),
        job.createdAt(),
        job.notBefore(),
        job.deadline(),
        job.startedAt(),
        job.finishedAt(),
        job.result() == null ? null : ResultView.of(job.id(), job.result()),
        job.failure(),
        job.metadata() == null ? null : Json.read(job.metadata(), JsonNode.class),
        AttemptView.of(timeline),
        timeline.stream().map(EntryView::of).toList(),
        Links.of(job.id()));
  }

  /** The queue counts attempts that were followed by another; here the last counts, too. */
  private static int failures(Job job) {
    boolean lastFailed =
        job.state() == JobState.FAILED
            && job.failure() != null
            && job.failure().code() != FailureCode.WORKER_CRASHED;
    return job.failures() + (lastFailed ? 1 : 0);
  }

  public static String self(JobId id) {
    return "/v1/jobs/" + id;
  }

  public static String image(JobId id) {
    return self(id) + "/image";
  }

  public static String image(JobId id, String name) {
    return self(id) + "/images/" + name;
  }

  public record Links(String self, String image, String events) {
    public static Links of(JobId id) {
      return new Links(JobView.self(id), JobView.image(id), JobView.self(id) + "/events");
    }
  }

  /**
   * A result.
   *
   * @param image the first image, as in every version; {@code images} has all of them
   */
  public record ResultView(
      ImageView image,
      List<NamedImageView> images,
      String finalUrl,
      @Nullable Integer status,
      String title,
      List<StepTiming> steps,
      List<Warning> warnings) {
    public static ResultView of(JobId id, CaptureResult result) {
      var image = result.image();
      return new ResultView(
          new ImageView(image.type(), image.bytes(), image.sha256(), image.width(), image.height()),
          result.images().stream().map(each -> NamedImageView.of(id, each)).toList(),
          result.finalUrl(),
          result.status(),
          result.title(),
          result.steps(),
          result.warnings());
    }
  }

  record ImageView(ImageType type, long bytes, String sha256, int width, int height) {}

  /** One of the images of a result. */
  record NamedImageView(
      String name,
      ImageType type,
      long bytes,
      String sha256,
      int width,
      int height,
      ImageLinks links) {
    static NamedImageView of(JobId id, CaptureResult.Image image) {
      return new NamedImageView(
          image.name(),
          image.type(),
          image.bytes(),
          image.sha256(),
          image.width(),
          image.height(),
          new ImageLinks(JobView.image(id, image.name())));
    }
  }

  record ImageLinks(String self) {}

  public record EntryView(
      Instant at,
      TimelineEntry.Event event,
      int attempt,
      @Nullable String worker,
      @Nullable String code,
      @Nullable String message) {
    public static EntryView of(TimelineEntry entry) {
      return new EntryView(
          entry.at(),
          entry.event(),
          entry.attempt(),
          entry.worker(),
          entry.code(),
          entry.message());
    }
  }
}
