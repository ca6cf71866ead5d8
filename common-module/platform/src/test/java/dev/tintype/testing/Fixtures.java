package dev.tintype.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tintype.capture.CaptureReader;
import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.CaptureSpec.ImageType;
import dev.tintype.capture.Schedule;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.TenantPlan;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

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
    return new CaptureRequest(aCaptureOf("https://example.com/"), Schedule.AT_ONCE, null);
  }

  public static CaptureRequest aRequest(Schedule schedule) {
    return new CaptureRequest(aCaptureOf("https://example.com/"), schedule, null);
  }

  public static CaptureSpec aCaptureOf(String url) {
    return CaptureReader.read(JsonNodeFactory.instance.objectNode().put("url", url)).capture();
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
