package dev.tintype.testing;

import dev.tintype.capture.Cache;
import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.capture.Schedule;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.TenantPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Valid values of the domain, for tests to start from. */
public final class Fixtures {
  private Fixtures() {}

  public static JobId aJobId() {
    return JobId.next(Instant.EPOCH, ThreadLocalRandom.current());
  }

  public static NewJob aJob() {
    return aJobOf(Tenant.DEFAULT);
  }

  public static NewJob aJobOf(Tenant tenant) {
    return aJobOf(tenant, TenantPlan.DEFAULT);
  }

  public static NewJob aJobOf(Tenant tenant, TenantPlan plan) {
    return aJobFor(tenant, plan, aRequest());
  }

  public static NewJob aJobFor(CaptureRequest request) {
    return aJobFor(Tenant.DEFAULT, TenantPlan.DEFAULT, request);
  }

  public static NewJob aJobFor(Tenant tenant, TenantPlan plan, CaptureRequest request) {
    return new NewJob(aJobId(), tenant, plan, request, null);
  }

  public static CaptureRequest aRequest() {
    return CaptureRequest.of(aCaptureOf("https://example.com/"));
  }

  public static CaptureRequest aRequest(Schedule schedule) {
    return aRequest().on(schedule);
  }

  /** A request of a capture whose image may be reused up to an age, if there is one. */
  public static CaptureRequest aRequest(
      CaptureSpec capture, Schedule schedule, @Nullable Duration maxAge) {
    CaptureRequest request = CaptureRequest.of(capture).on(schedule);
    return maxAge == null ? request : request.with(Cache.MAX_AGE, maxAge);
  }

  public static CaptureSpec aCaptureOf(String url) {
    return CaptureSpec.ofUrl(url);
  }

  public static CaptureResult aResult() {
    return aResultOf("some-key", 3);
  }

  public static CaptureResult aResultOf(String imageKey, long bytes) {
    return aResultOf(anImage(Image.DEFAULT_NAME, imageKey, bytes));
  }

  public static CaptureResult aResultOf(Image... images) {
    return new CaptureResult(
        List.of(images), "https://example.com/", 200, "Example", List.of(), List.of());
  }

  public static Image anImage(String name, String key, long bytes) {
    return new Image(name, key, ImageType.PNG, bytes, "0".repeat(64), 1280, 800);
  }

  /** Keeps the keys of one test apart from those of every other. */
  public static String aNamespace() {
    return "test-" + aJobId();
  }
}
