package dev.tintype.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.CaptureSpec;
import dev.tintype.job.CaptureSpec.ImageType;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.NewJob;
import dev.tintype.request.CaptureReader;
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
    return new NewJob(aJobId(), tenant, aCaptureOf("https://example.com/"));
  }

  public static CaptureSpec aCaptureOf(String url) {
    return CaptureReader.read(JsonNodeFactory.instance.objectNode().put("url", url));
  }

  public static CaptureResult aResult() {
    var image = new Image("some-key", ImageType.PNG, 3, "0".repeat(64), 1280, 800);
    return new CaptureResult(image, "https://example.com/", 200, "Example", List.of(), List.of());
  }

  /** Keeps the keys of one test apart from those of every other. */
  public static String aNamespace() {
    return "test-" + aJobId();
  }
}
