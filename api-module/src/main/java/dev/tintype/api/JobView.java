package dev.tintype.api;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.StepTiming;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.CaptureSpec.ImageType;
import dev.tintype.job.Failure;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job as it stands on the wire: a job without what only the house needs to know, with links. */
record JobView(
    String id,
    JobState state,
    @Nullable String url,
    int attempt,
    int crashes,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable ResultView result,
    @Nullable Failure failure,
    List<EntryView> timeline,
    Links links) {

  static JobView of(Job job, List<TimelineEntry> timeline) {
    return new JobView(
        job.id().value(),
        job.state(),
        job.url(),
        job.attempt(),
        job.crashes(),
        job.createdAt(),
        job.startedAt(),
        job.finishedAt(),
        job.result() == null ? null : ResultView.of(job.result()),
        job.failure(),
        timeline.stream().map(EntryView::of).toList(),
        new Links(self(job.id()), image(job.id())));
  }

  static String self(JobId id) {
    return "/v1/jobs/" + id;
  }

  static String image(JobId id) {
    return self(id) + "/image";
  }

  record Links(String self, String image) {}

  record ResultView(
      ImageView image,
      String finalUrl,
      @Nullable Integer status,
      String title,
      List<StepTiming> steps,
      List<Warning> warnings) {
    static ResultView of(CaptureResult result) {
      var image = result.image();
      return new ResultView(
          new ImageView(image.type(), image.bytes(), image.sha256(), image.width(), image.height()),
          result.finalUrl(),
          result.status(),
          result.title(),
          result.steps(),
          result.warnings());
    }
  }

  record ImageView(ImageType type, long bytes, String sha256, int width, int height) {}

  record EntryView(
      Instant at,
      TimelineEntry.Event event,
      int attempt,
      @Nullable String worker,
      @Nullable String detail) {
    static EntryView of(TimelineEntry entry) {
      return new EntryView(
          entry.at(), entry.event(), entry.attempt(), entry.worker(), entry.detail());
    }
  }
}
