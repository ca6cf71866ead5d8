package dev.tintype.bench.queue;

import dev.tintype.bench.SampleCapture;
import dev.tintype.capture.CaptureReader;
import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.capture.StoredCapture;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.json.Json;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.Retention;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.TenantPlan;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.redis.job.RedisUpkeep;
import io.vertx.core.Future;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Everything that {@link QueueBenchmark} asks of the queue, so that its other classes do not know
 * the seams. Times are the product's own.
 */
final class TintypeQueue {
  private static final CaptureResult RESULT =
      new CaptureResult(
          // No image is stored under it: images are not what is compared.
          List.of(
              new Image(
                  Image.DEFAULT_NAME,
                  "01hzy3/1",
                  ImageType.PNG,
                  48_213,
                  "0123456789abcdef".repeat(4),
                  1280,
                  800)),
          "https://1.1.1.1/a/page?of=some&length=usual",
          200,
          "A small page",
          List.of(),
          List.of());

  private final JobStore store;
  private final JobQueue queue;
  private final JobEvents events;
  private final QueueUpkeep upkeep;
  private final Worker worker;
  private final CaptureRequest request = request();
  // As the API has it: a secure one costs more.
  private final RandomGenerator random = new SecureRandom();

  /**
   * One queue, as an API process and a worker process see it.
   *
   * @param api connections of the side that submits
   * @param work connections of the side that claims
   * @param worker its name in the timelines
   */
  TintypeQueue(RedisConnections api, RedisConnections work, String namespace, String worker) {
    this.store = new RedisJobStore(api, namespace, 10_000_000);
    this.queue = new RedisJobQueue(work, namespace, RedisJobQueue.DEFAULT_LEASE, 1_000);
    this.events = new RedisJobEvents(work, namespace);
    this.upkeep =
        new RedisUpkeep(
            work,
            namespace,
            new RedisImageStore(work, namespace),
            Retention.ofAge(Duration.ofDays(1)),
            RedisJobQueue.DEFAULT_LEASE);
    this.worker = new Worker(worker, 1);
  }

  /** What is stored with every job. */
  static String specJson() {
    return StoredCapture.write(request().capture());
  }

  /** What every job ends with. */
  static String resultJson() {
    return Json.write(RESULT);
  }

  Future<SubmitResult> submit() {
    return store.submit(
        new NewJob(
            JobId.next(Instant.now(), random), Tenant.DEFAULT, TenantPlan.DEFAULT, request, null));
  }

  Future<Optional<Lease>> claim() {
    return queue
        .claim(worker, UUID.randomUUID().toString())
        .map(claimed -> claimed.map(assignment -> assignment.lease()));
  }

  Future<Void> complete(Lease lease) {
    return queue.complete(lease, RESULT).compose(reply -> checkHeld(lease, reply));
  }

  void onQueued(Runnable listener) {
    // Never closed: the listener lives as long as the connection.
    events.onQueued(listener);
  }

  QueueUpkeep upkeep() {
    return upkeep;
  }

  private static Future<Void> checkHeld(Lease lease, LeaseReply reply) {
    return reply == LeaseReply.OK
        ? Future.succeededFuture()
        : Future.failedFuture(lease + " is lost, so the round measures something else");
  }

  private static CaptureRequest request() {
    try {
      return CaptureReader.read(Json.MAPPER.readTree(SampleCapture.OF_URL));
    } catch (IOException e) {
      throw new IllegalStateException("the benchmark's own body is not JSON", e);
    }
  }
}
