package dev.tintype.bench.queue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tintype.bench.Contest;
import dev.tintype.bench.Servers;
import dev.tintype.capture.CaptureReader;
import dev.tintype.capture.Schedule;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.TenantPlan;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What waiting costs: bytes a job, and what a submission and a claim cost Redis when a million jobs
 * wait, beside the same when a thousand do. The time is the one that Redis itself counts for the
 * scripts, in which neither this process nor the network has a part. {@link ListScale} is its other
 * part.
 */
final class QueueScaleBenchmark {
  private static final Pattern TIME = Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+)");
  private static final Pattern MEMORY = Pattern.compile("used_memory:(\\d+)");
  private static final int AT_ONCE = 1_000;
  private static final int CYCLES = 2_000;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int TENANTS = 10;

  private final RedisConnections redis;
  private final RedisCommands<String, String> plain;

  private QueueScaleBenchmark(RedisConnections redis, RedisCommands<String, String> plain) {
    this.redis = redis;
    this.plain = plain;
  }

  /** A part of it, with the Redis that it has for itself. */
  private interface Part {
    void run(RedisConnections redis, RedisCommands<String, String> plain);
  }

  /**
   * Runs it.
   *
   * @param arguments folder to work in, part (waiting, list or both), rounds, jobs of the long
   *     queue, jobs of the short one
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String part = arguments[1];
    int rounds = Integer.parseInt(arguments[2]);
    int many = Integer.parseInt(arguments[3]);
    int few = Integer.parseInt(arguments[4]);
    if (!part.equals("list")) {
      run(
          folder.resolve("waiting"),
          (redis, plain) -> new QueueScaleBenchmark(redis, plain).run(rounds, many, few));
    }
    if (!part.equals("waiting")) {
      run(
          folder.resolve("list"),
          (redis, plain) -> new ListScale(redis, plain).run(rounds, many, few));
    }
  }

  private static void run(Path folder, Part part) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (var servers = new Servers(Files.createDirectories(folder))) {
      String uri = servers.startRedis();
      var client = RedisClient.create(uri);
      try (var connection = client.connect()) {
        var redis = RedisConnections.connect(vertx, uri, Patience.PATIENT).await();
        part.run(redis, connection.sync());
        redis.close().await();
      } finally {
        client.shutdown();
      }
    } finally {
      vertx.close().await();
    }
  }

  private void run(int rounds, int many, int few) {
    var shortQueue = new Queue("few");
    var longQueue = new Queue("many");
    long before = memory();
    longQueue.fill(many);
    System.out.printf(
        Locale.ROOT,
        "bytes of Redis' memory for a waiting job: %.0f; aim 1536 or less%n",
        (memory() - before) / (double) many);
    shortQueue.fill(few);
    List<Double> ratios = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      double ofFew = shortQueue.microsOfACycle();
      double ofMany = longQueue.microsOfACycle();
      if (round >= 0) {
        ratios.add(ofMany / ofFew);
        System.out.printf(
            Locale.ROOT,
            "microseconds of a submission and a claim: %d waiting %.1f, %d waiting %.1f%n",
            few,
            ofFew,
            many,
            ofMany);
      }
    }
    System.out.printf(
        Locale.ROOT, "median of the ratios: %.2f; aim 1.50 or less%n", Contest.median(ratios));
  }

  private long memory() {
    return find(MEMORY, plain.info("memory"), 1);
  }

  private static long find(Pattern pattern, String text, int group) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Long.parseLong(found.group(group)) : 0;
  }

  /** A queue of its own in the one Redis. */
  private final class Queue {
    private final JobStore store;
    private final RedisJobQueue queue;
    private final Worker worker = new Worker("bench", 1);

    private Queue(String namespace) {
      this.store = new RedisJobStore(redis, namespace, Integer.MAX_VALUE);
      this.queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), Integer.MAX_VALUE);
    }

    private void fill(int jobs) {
      QueueScaleBenchmark.fill(store, 0, jobs, QueueScaleBenchmark::aJob);
    }

    /** As many wait afterwards as before. */
    private double microsOfACycle() {
      plain.configResetstat();
      for (int done = 0; done < CYCLES; done += AT_ONCE) {
        fill(AT_ONCE);
        Future.all(
                IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> queue.claim(worker, UUID.randomUUID().toString()))
                    .toList())
            .await();
      }
      return find(TIME, plain.info("commandstats"), 2) / (double) CYCLES;
    }
  }

  /** Submits the jobs of these numbers. */
  static void fill(JobStore store, int first, int end, IntFunction<NewJob> job) {
    for (int from = first; from < end; from += AT_ONCE) {
      Future.all(
              IntStream.range(from, Math.min(from + AT_ONCE, end))
                  .mapToObj(number -> store.submit(job.apply(number)))
                  .toList())
          .await();
    }
  }

  private static NewJob aJob(int number) {
    return aJob(
        new Tenant("tenant-" + number % TENANTS),
        "https://www.example.com/articles/some-section/a-page?id=" + number,
        Schedule.AT_ONCE);
  }

  static NewJob aJob(Tenant tenant, String url, Schedule schedule) {
    var body = JsonNodeFactory.instance.objectNode().put("url", url);
    return new NewJob(
        JobId.next(Instant.now(), ThreadLocalRandom.current()),
        tenant,
        new TenantPlan(1, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 1),
        CaptureReader.read(body).on(schedule),
        null);
  }
}
