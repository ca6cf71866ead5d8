package dev.tintype.bench.queue;

import dev.tintype.bench.Contest;
import dev.tintype.bench.Servers;
import dev.tintype.bench.queue.WorkerDeath.Moments;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Tintype's queue beside BullMQ, over one Redis: cycles of a job a second, and how long a job lies
 * that a dead worker has left. {@code deploy/bench/queue} says what is alike and what is not.
 */
final class QueueBenchmark {
  // The JVM's compiler is not done sooner.
  private static final int WARM_UP_JOBS = 60_000;
  private static final Pattern USED_CPU = Pattern.compile("used_cpu_(?:user|sys):([0-9.]+)");
  // BullMQ looks for dead workers this often, and Tintype more often.
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(30);

  private final Path folder;
  private final Path bullmq;
  private final String redisUri;

  private QueueBenchmark(Path folder, Path bullmq, String redisUri) {
    this.folder = folder;
    this.bullmq = bullmq;
    this.redisUri = redisUri;
  }

  /**
   * Runs it.
   *
   * @param arguments folder to work in, folder of BullMQ's scripts and their packages, cycles,
   *     deaths or both, rounds, jobs of a round, concurrency, and deaths of each
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String part = arguments[2];
    try (var servers = new Servers(folder)) {
      var benchmark = new QueueBenchmark(folder, Path.of(arguments[1]), servers.startRedis());
      if (!part.equals("deaths")) {
        benchmark.compareCycles(
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
      }
      if (!part.equals("cycles")) {
        benchmark.compareDeaths(Integer.parseInt(arguments[6]));
      }
    }
  }

  private void compareCycles(int rounds, int jobs, int concurrency) throws Exception {
    System.out.printf(
        Locale.ROOT,
        """
        cycles of a job a second: submit, claim, complete; a round is %,d jobs of %d bytes,
        %d submissions under way and %d consumers in one process
        """,
        jobs,
        TintypeQueue.specJson().length(),
        concurrency,
        concurrency);
    RedisClient client = RedisClient.create(redisUri);
    try (var connection = client.connect();
        var tintypeCycles = new TintypeCycles(redisUri, jobs, concurrency);
        var bullmqCycles = new BullmqCycles(bullmq, folder, redisUri, jobs, concurrency)) {
      RedisCommands<String, String> redis = connection.sync();
      var tintypeSide = new CycleSide(redis, ProcessHandle.current(), tintypeCycles::rate, jobs);
      var bullmqSide = new CycleSide(redis, bullmqCycles.process(), bullmqCycles::rate, jobs);
      var contest = new Contest();
      var tintype = contest.add("tintype", tintypeSide::rate);
      var other = contest.add("bullmq", bullmqSide::rate);
      contest.run(Math.max(1, WARM_UP_JOBS / jobs), rounds);
      Contest.compare(tintype, other, "; aim 1.00 or better");
      System.out.println(
          "median of the microseconds of CPU that a job took, in Redis and in the process:");
      tintypeSide.printCpu("tintype", rounds);
      bullmqSide.printCpu("bullmq", rounds);
    } finally {
      client.shutdown();
    }
  }

  /**
   * One of the two, and what each of its rounds took from the cores: on a machine with neighbours
   * the rates also say who has more threads to compete with them, and this hardly does.
   */
  private record CycleSide(
      RedisCommands<String, String> redis,
      ProcessHandle process,
      Contest.Round round,
      int jobs,
      List<Double> redisMicros,
      List<Double> processMicros) {

    private CycleSide(
        RedisCommands<String, String> redis, ProcessHandle process, Contest.Round round, int jobs) {
      this(redis, process, round, jobs, new ArrayList<>(), new ArrayList<>());
    }

    private double rate() throws Exception {
      // The jobs of the round before are nobody's any more, and would only fill the memory.
      redis.flushall();
      double redisBefore = redisCpuMicros();
      double processBefore = processCpuMicros();
      double rate = round.run();
      redisMicros.add((redisCpuMicros() - redisBefore) / jobs);
      processMicros.add((processCpuMicros() - processBefore) / jobs);
      return rate;
    }

    private void printCpu(String name, int rounds) {
      System.out.printf(
          Locale.ROOT,
          "%-8s %14.0f %14.0f%n",
          name,
          medianOfLast(rounds, redisMicros),
          medianOfLast(rounds, processMicros));
    }

    /** Without the rounds that warmed up. */
    private static double medianOfLast(int rounds, List<Double> micros) {
      return Contest.median(micros.subList(micros.size() - rounds, micros.size()));
    }

    private double redisCpuMicros() {
      return USED_CPU
              .matcher(redis.info("cpu"))
              .results()
              .mapToDouble(part -> Double.parseDouble(part.group(1)))
              .sum()
          * 1e6;
    }

    private double processCpuMicros() {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3;
    }
  }

  private void compareDeaths(int trials) throws Exception {
    System.out.printf(
        """

        seconds from kill -9 of a worker until its job runs on the other worker, which idles; default settings
        %-8s %14s %14s %14s %14s
        """,
        "trial", "job comes at", "kill after", "tintype", "bullmq");
    Vertx vertx = Vertx.vertx();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      RedisConnections redis =
          RedisConnections.connect(vertx, redisUri, Patience.FAIL_FAST).await();
      List<Moments> moments = spread(trials);
      List<Future<Double>> tintype = new ArrayList<>();
      List<Future<Double>> other = new ArrayList<>();
      // All at once: they take two minutes, in which they mostly wait.
      for (int i = 0; i < trials; i++) {
        tintype.add(threads.submit(trial("tintype", new TintypeSide(redis), i, moments.get(i))));
        other.add(threads.submit(trial("bullmq", new BullmqSide(), i, moments.get(i))));
      }
      List<Double> tintypeSeconds = new ArrayList<>();
      List<Double> otherSeconds = new ArrayList<>();
      for (int i = 0; i < trials; i++) {
        tintypeSeconds.add(tintype.get(i).get());
        otherSeconds.add(other.get(i).get());
        System.out.printf(
            Locale.ROOT,
            "%-8d %14.2f %14.2f %14.2f %14.2f%n",
            i + 1,
            moments.get(i).untilJob().toMillis() / 1e3,
            moments.get(i).untilKill().toMillis() / 1e3,
            tintypeSeconds.get(i),
            otherSeconds.get(i));
      }
      double tintypeMedian = Contest.median(tintypeSeconds);
      double otherMedian = Contest.median(otherSeconds);
      System.out.printf(
          Locale.ROOT,
          "%-8s %14s %14s %14.2f %14.2f%ntintype / bullmq: %.2f; aim 0.50 or less%n",
          "median",
          "",
          "",
          tintypeMedian,
          otherMedian,
          tintypeMedian / otherMedian);
    } finally {
      // A trial that goes on after another has failed is interrupted, and ends its workers.
      threads.shutdownNow();
      vertx.close().await();
    }
  }

  private Callable<Double> trial(String name, WorkerDeath.Side side, int i, Moments moments) {
    String queue = "death-" + name + "-" + (i + 1);
    return () -> new WorkerDeath(side, folder.resolve(queue), queue).seconds(moments);
  }

  /**
   * Moments by chance, but spread: each trial has its own part of the interval for the job, and a
   * part for the kill that is independent of it.
   */
  private static List<Moments> spread(int trials) {
    var random = RandomGenerator.getDefault();
    List<Integer> parts = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      parts.add(i);
    }
    Collections.shuffle(parts);
    List<Moments> moments = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      moments.add(new Moments(within(random, i, trials), within(random, parts.get(i), trials)));
    }
    return moments;
  }

  private static Duration within(RandomGenerator random, int part, int parts) {
    return Duration.ofMillis(
        (long) ((part + random.nextDouble()) / parts * LONGEST_INTERVAL.toMillis()));
  }

  private final class TintypeSide implements WorkerDeath.Side {
    private final RedisConnections redis;

    TintypeSide(RedisConnections redis) {
      this.redis = redis;
    }

    @Override
    public List<String> worker(String queue, String name) {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-cp",
          System.getProperty("java.class.path"),
          EndlessWorker.class.getName(),
          redisUri,
          queue,
          name);
    }

    @Override
    public void submit(String queue) throws Exception {
      new TintypeQueue(redis, redis, queue, "bench").submit().await();
    }
  }

  private final class BullmqSide implements WorkerDeath.Side {
    @Override
    public List<String> worker(String queue, String name) {
      return List.of("node", bullmq.resolve("worker.mjs").toString(), redisUri, queue);
    }

    @Override
    public void submit(String queue) throws Exception {
      var add = bullmq.resolve("submit.mjs").toString();
      var command = List.of("node", add, redisUri, queue, TintypeQueue.specJson());
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("BullMQ did not take the job");
      }
    }
  }
}
