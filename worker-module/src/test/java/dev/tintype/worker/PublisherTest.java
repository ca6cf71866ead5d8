package dev.tintype.worker;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.Job;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.LeaseReply;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.ImageBytes;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import dev.tintype.worker.capture.CapturedImage;
import dev.tintype.worker.capture.CapturedPage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way from a captured page to the result of its job. */
class PublisherTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final Buffer WHOLE = Buffer.buffer("the whole page");
  private static final Buffer TOP = Buffer.buffer("its top");

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;
  private JobStore store;
  private RedisJobQueue queue;
  private RedisImageStore images;

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.PATIENT).await();
    store = new RedisJobStore(redis, namespace, 1_000);
    queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), 100);
    images = new RedisImageStore(redis, namespace);
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void everyImageOfThePageIsPublished() {
    Assignment assignment = claimed();

    assertThat(publish(assignment)).isEqualTo(LeaseReply.OK);

    Job job = store.find(assignment.lease().job()).await().orElseThrow();
    CaptureResult result = Objects.requireNonNull(job.result());
    assertThat(result.images()).extracting(Image::name).containsExactly("image", "top");
    assertThat(result.images()).extracting(Image::width).containsExactly(1280, 320);
    assertThat(stored(result.images().get(0))).isEqualTo(WHOLE);
    assertThat(stored(result.images().get(1))).isEqualTo(TOP);
    assertThat(result.image("top").orElseThrow().sha256())
        // printf 'its top' | sha256sum
        .isEqualTo("dd4e5750dc4dc3e89959180117df50501784eb3198b59d1d00336886c8272df1");
  }

  @Test
  void cancelledJobLeavesNoImageBehind() {
    Assignment assignment = claimed();
    store.cancel(assignment.lease().job()).await();

    assertThat(publish(assignment)).isEqualTo(LeaseReply.CANCELLED);

    assertThat(images.size(assignment.imageKey(0)).await()).isEmpty();
    assertThat(images.size(assignment.imageKey(1)).await()).isEmpty();
  }

  private Assignment claimed() {
    store.submit(aJob()).await();
    return queue.claim(QueueAccess.WORKER, QueueAccess.nonce()).await().orElseThrow();
  }

  private LeaseReply publish(Assignment assignment) {
    var page =
        new CapturedPage(
            List.of(
                new CapturedImage("image", ImageType.PNG, WHOLE, 1280, 800),
                new CapturedImage("top", ImageType.PNG, TOP, 320, 200)),
            "https://example.com/",
            200,
            "Example",
            List.of(),
            List.of());
    return new Publisher(vertx, queue, images, Duration.ofHours(1))
        .publish(assignment, page, new RetriedSteps(vertx, assignment.lease(), () -> false))
        .await();
  }

  private Buffer stored(Image image) {
    return ImageBytes.of(images, image.key()).orElseThrow();
  }
}
