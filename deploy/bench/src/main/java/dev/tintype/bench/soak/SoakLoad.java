package dev.tintype.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.job.JobState;
import dev.tintype.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The clients: some submit, one asks about the jobs and cancels some, one tries the intake. */
final class SoakLoad {
  private static final int SUBMITTERS = 4;
  private static final String SUBMITTER = "submitter-";
  // So that there is intake for as long as there are kills, and always something to do.
  private static final int OPEN_JOBS_A_WORKER = 20;
  // Fifty questions a second find an end soon, and leave the cores to the house.
  private static final int PAUSE_MILLIS = 20;
  private static final int TRY_EVERY_MILLIS = 100;

  private final InstantSource clock = InstantSource.system();
  private final SoakClient client;
  private final SoakLedger ledger;
  private final List<SoakOrder> all;
  private final Queue<SoakOrder> orders;
  private final int closedPort;
  private final int mostOpen;
  private final Duration longest;
  private final long begin = System.nanoTime();
  private final SplittableRandom choices;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Trial> trials = new CopyOnWriteArrayList<>();
  private final Set<String> cancelled = new HashSet<>();
  private volatile @Nullable Exception failure;

  /** One look at the intake. */
  private record Trial(Instant sent, Instant answered, boolean taken) {}

  /**
   * Not started yet.
   *
   * @param closedPort of loopback, where nobody listens
   */
  SoakLoad(SoakSettings settings, SoakClient client, SoakLedger ledger, int closedPort) {
    this.client = client;
    this.ledger = ledger;
    this.all = SoakOrder.all(settings);
    this.orders = new ConcurrentLinkedQueue<>(all);
    this.closedPort = closedPort;
    this.mostOpen = OPEN_JOBS_A_WORKER * settings.workers();
    this.longest = settings.intake();
    this.choices = settings.choices("watch");
  }

  /** What a client does until it is interrupted or done. */
  @FunctionalInterface
  private interface Client {
    void run() throws IOException, InterruptedException;
  }

  void start() {
    IntStream.range(0, SUBMITTERS).forEach(i -> run(SUBMITTER + i, this::submitAll));
    run("watcher", this::watch);
    run("trier", this::tryIntake);
  }

  private void run(String name, Client work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | RuntimeException e) {
                failure = e;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    threads.add(thread);
    thread.start();
  }

  /** Fails if a client has come to its wit's end. */
  void check() throws IOException {
    Exception known = failure;
    if (known != null) {
      throw new IOException("a client gave up", known);
    }
  }

  private void submitAll() throws IOException, InterruptedException {
    while (true) {
      if (ledger.open() >= mostOpen && !isTimeOver()) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        continue;
      }
      SoakOrder order = orders.poll();
      if (order == null || isTimeOver()) {
        orders.clear();
        return;
      }
      // The very same request each time: another body under the same key is refused.
      HttpRequest request = client.submission(order, order.body(clock.instant(), closedPort));
      submit(order, request);
      if (order.again()) {
        submit(order, request);
      }
    }
  }

  private boolean isTimeOver() {
    return System.nanoTime() - begin > longest.toNanos();
  }

  /** Whether nothing more will be submitted. */
  boolean isOver() {
    return threads.stream()
        .filter(thread -> thread.getName().startsWith(SUBMITTER))
        .noneMatch(Thread::isAlive);
  }

  private void submit(SoakOrder order, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = client.untilAnswered(request);
    if (answer.statusCode() != 202) {
      throw new IOException("a submission was answered " + text(answer));
    }
    ledger.accepted(order, json(answer).path("id").textValue());
  }

  private void watch() throws IOException, InterruptedException {
    while (true) {
      List<SoakLedger.Entry> known = ledger.entries();
      for (SoakLedger.Entry entry : known) {
        if (entry.isOpen()) {
          look(entry);
          if (choices.nextInt(4) == 0) {
            look(known.get(choices.nextInt(known.size())));
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private void look(SoakLedger.Entry entry) throws IOException, InterruptedException {
    var after = entry.order().cancelAfter();
    boolean cancel =
        after != null
            && entry.isOpen()
            && clock.instant().isAfter(entry.acceptedAt().plus(after))
            && cancelled.add(entry.id());
    HttpResponse<byte[]> answer =
        client.untilAnswered(cancel ? client.cancellation(entry.id()) : client.job(entry.id()));
    note(ledger, entry, answer);
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
  }

  /** Notes what a job's resource has answered. */
  static void note(SoakLedger ledger, SoakLedger.Entry entry, HttpResponse<byte[]> answer)
      throws IOException {
    switch (answer.statusCode()) {
      case 200 -> ledger.read(entry, state(json(answer)));
      case 404, 410 -> ledger.missing(entry);
      case 409 -> {
        // Too late to be cancelled: its end will be read.
      }
      default -> throw new IOException("a job was answered " + text(answer));
    }
  }

  /** Repeats one submission that was answered before: it stores nothing and needs everything. */
  private void tryIntake() throws IOException, InterruptedException {
    SoakOrder order =
        new SoakOrder(
            all.size(), all.get(0).tenant(), SoakOrder.Page.SMALL, "normal", 3, 0, null, false);
    HttpRequest request = client.submission(order, order.body(clock.instant(), closedPort));
    while (true) {
      Instant sent = clock.instant();
      boolean taken = false;
      try {
        HttpResponse<byte[]> answer = client.once(request);
        taken = answer.statusCode() == 202;
        if (taken) {
          ledger.accepted(order, json(answer).path("id").textValue());
        }
      } catch (IOException away) {
        // That is what is counted.
      }
      trials.add(new Trial(sent, clock.instant(), taken));
      TimeUnit.MILLISECONDS.sleep(TRY_EVERY_MILLIS);
    }
  }

  /** From this moment to the first submission that was sent after it and taken, ms. */
  long refusedMillis(Instant from) {
    return trials.stream()
        .filter(trial -> trial.taken && trial.sent.isAfter(from))
        .mapToLong(trial -> trial.answered.toEpochMilli() - from.toEpochMilli())
        .findFirst()
        .orElse(-1);
  }

  static JsonNode json(HttpResponse<byte[]> answer) {
    return Json.read(new String(answer.body(), StandardCharsets.UTF_8), JsonNode.class);
  }

  static JobState state(JsonNode job) {
    return Json.MAPPER.convertValue(job.path("state"), JobState.class);
  }

  static String text(HttpResponse<byte[]> answer) {
    return answer.statusCode()
        + " to "
        + answer.request()
        + ": "
        + new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** Sends the clients home. */
  void end() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
