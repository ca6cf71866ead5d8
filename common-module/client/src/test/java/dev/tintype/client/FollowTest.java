package dev.tintype.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tintype.job.JobId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of events on their way; with the real server they are tested in deploy. */
@Timeout(30)
class FollowTest {
  private static final JobId ID = new JobId("01k5m7c0f2x8v9q3w4e5r6t7y8");
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Pacing PACING =
      new Pacing(
          Duration.ofMillis(10),
          Duration.ofMillis(20),
          3,
          Duration.ofMillis(500),
          Duration.ofSeconds(1));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final List<String> lastIds = new CopyOnWriteArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private HttpServer server;
  private TintypeClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    client =
        TintypeClient.builder()
            .server(ServerAddress.parse("127.0.0.1:" + server.getAddress().getPort()))
            .pacing(PACING)
            .build();
  }

  @AfterEach
  void stop() {
    ending.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theNextStreamGoesOnWhereTheLastHasEnded() {
    streams(
        exchange -> stream(exchange, "retry: 1\n\n" + event(0, "queued")),
        exchange -> stream(exchange, ":\n\n" + event(1, "started") + "id: 5\n\n"),
        exchange -> stream(exchange, event(6, "succeeded")));

    assertThat(follow(LONG).name()).isEqualTo("succeeded");

    assertThat(events).containsExactly("0 queued", "1 started", "6 succeeded");
    assertThat(lastIds).containsExactly("", "0", "5");
    assertThat(troubles).isEmpty();
  }

  @Test
  void aStreamThatIsCutLosesNothingAndTellsNothingTwice() {
    streams(
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write(bytes(event(0, "queued") + "id: 1\nevent: started\n"));
          exchange.getResponseBody().flush();
          exchange.close();
        },
        exchange -> stream(exchange, event(1, "started") + event(2, "failed")));

    assertThat(follow(LONG).name()).isEqualTo("failed");

    assertThat(events).containsExactly("0 queued", "1 started", "2 failed");
    assertThat(lastIds).containsExactly("", "0");
    assertThat(troubles).hasSize(1);
  }

  @Test
  void anEventIsToldBeforeItsStreamEnds() throws Exception {
    streams(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(bytes(event(0, "succeeded")));
          exchange.getResponseBody().flush();
          await(ending);
          exchange.close();
        });

    assertThat(follow(LONG).id()).isEqualTo("0");
  }

  @Test
  void aListenerThatThrowsIsToldNothingMore() {
    streams(exchange -> stream(exchange, event(0, "queued") + event(1, "started")));
    var enough = new IllegalStateException("enough");

    assertThatThrownBy(
            () ->
                client.events(
                    ID,
                    LONG,
                    listener(
                        event -> {
                          events.add(event.name());
                          throw enough;
                        })))
        .isSameAs(enough);
    assertThat(events).containsExactly("queued");
    assertThat(lastIds).hasSize(1);
  }

  @Test
  void aServerThatIsAwayForAMomentIsAskedAgain() {
    streams(
        exchange -> stream(exchange, event(0, "queued")),
        exchange -> status(exchange, 502),
        exchange -> status(exchange, 504),
        exchange -> stream(exchange, event(1, "succeeded")));

    assertThat(follow(LONG).name()).isEqualTo("succeeded");

    assertThat(troubles)
        .containsExactly(
            "no answer (status 502), asking again", "no answer (status 504), asking again");
  }

  @Test
  void aServerThatStaysAwayIsGivenUp() {
    streams(exchange -> stream(exchange, event(0, "queued")), exchange -> status(exchange, 503));

    assertThatThrownBy(() -> follow(LONG))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(503));
    server.stop(0);
    assertThatThrownBy(() -> follow(LONG))
        .isInstanceOfSatisfying(
            ServerAwayException.class, away -> assertThat(away.wasThere()).isFalse());
  }

  @Test
  void whoIsToldThatNothingFollowsAsksNoMore() {
    streams(
        exchange -> stream(exchange, event(0, "swallowed")), // A word of a newer server.
        exchange -> status(exchange, 204));

    assertThat(follow(LONG).name()).isEqualTo("swallowed");
    assertThat(lastIds).containsExactly("", "0");
  }

  @Test
  void aJobThatIsNotThereIsAProblem() {
    streams(exchange -> status(exchange, 404));

    assertThatThrownBy(() -> follow(LONG)).isInstanceOf(ProblemException.class);
  }

  @Test
  void anAnswerOfAProxyIsNoStream() {
    streams(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          stream(exchange, "<html>Welcome");
        });

    assertThatThrownBy(() -> follow(LONG)).hasMessageContaining("answers with status 200");
  }

  @Test
  void whoeverHasWaitedLongEnoughIsToldTheStateOfTheJob() {
    server.createContext(
        "/v1/jobs/" + ID,
        exchange -> {
          byte[] job = bytes("{\"id\":\"" + ID + "\",\"state\":\"queued\"}");
          exchange.sendResponseHeaders(200, job.length);
          exchange.getResponseBody().write(job);
          exchange.close();
        });
    streams(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(bytes(event(0, "queued")));
          exchange.getResponseBody().flush();
          await(ending);
          exchange.close();
        });

    assertThatThrownBy(() -> follow(Duration.ofSeconds(2)))
        .isInstanceOf(StillOpenException.class)
        .hasMessage("still queued after 2s");
    assertThat(events).containsExactly("0 queued");
    assertThat(troubles).isEmpty();
  }

  @Test
  void whatAListenerHasNoTimeForStaysWithTheServer() {
    var sent = new AtomicInteger();
    int all = 1_024;
    streams(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(bytes(event(0, "queued")));
          byte[] comment = bytes(":" + "x".repeat(1 << 16) + "\n");
          while (sent.incrementAndGet() < all) {
            exchange.getResponseBody().write(comment);
          }
          exchange.getResponseBody().write(bytes(event(1, "succeeded")));
          exchange.close();
        });
    List<Integer> held = new ArrayList<>();

    client.events(ID, LONG, listener(event -> held.add(restingPlace(sent))));

    assertThat(held).hasSize(2);
    assertThat(held.get(0)).isLessThan(all / 2);
    assertThat(held.get(1)).isEqualTo(all);
  }

  /** Where a number stays that does not change for a while. */
  private static int restingPlace(AtomicInteger number) {
    int before;
    do {
      before = number.get();
      Pacing.rest(Duration.ofMillis(200));
    } while (number.get() != before);
    return before;
  }

  private RemoteEvent follow(Duration limit) {
    return client.events(ID, limit, listener(event -> events.add(event.id() + " " + event.name())));
  }

  private EventListener listener(Consumer<RemoteEvent> hearing) {
    return new EventListener() {
      @Override
      public void event(RemoteEvent event) {
        hearing.accept(event);
      }

      @Override
      public void trouble(String what) {
        troubles.add(what);
      }
    };
  }

  private interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** Answers one after the other, and the last of them from then on. */
  private void streams(Answering... answers) {
    server.createContext(
        "/v1/jobs/" + ID + "/events",
        exchange -> {
          String lastId = exchange.getRequestHeaders().getFirst("Last-Event-ID");
          lastIds.add(lastId == null ? "" : lastId);
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          answers[Math.min(lastIds.size(), answers.length) - 1].answer(exchange);
        });
  }

  private static String event(int id, String name) {
    return "id: %d\nevent: %s\ndata: {\"event\":\"%s\"}\n\n".formatted(id, name, name);
  }

  private static void stream(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(bytes(text));
    exchange.close();
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().remove("Content-Type");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      var unused = latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
