package dev.tintype.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens on the way to a server; with the real one the client is tested in deploy. */
class TintypeClientTest {
  private static final JobId ID = new JobId("01k5m7c0f2x8v9q3w4e5r6t7y8");
  private static final byte[] JOB =
      ("{\"id\":\"" + ID + "\",\"state\":\"queued\"}").getBytes(StandardCharsets.UTF_8);
  private static final Pacing PACING =
      new Pacing(
          Duration.ofMillis(10),
          Duration.ofMillis(20),
          4,
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private HttpServer server;
  private TintypeClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    client =
        TintypeClient.builder()
            .server(ServerAddress.parse("127.0.0.1:" + server.getAddress().getPort()))
            .apiKey("k1")
            .pacing(PACING)
            .build();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSubmissionIsRepeatedUnderItsKeyUntilItIsTaken() {
    int[] statuses = {502, 503, 504, 202};
    submissions(exchange -> answer(exchange, statuses[keys.size() - 1], JOB));

    assertThat(client.submit(Capture.ofHtml("<p>")).id()).isEqualTo(ID);
    assertThat(keys).hasSize(4);
    assertThat(keys).containsOnly(keys.get(0));
    assertThat(authorizations).containsOnly("Bearer k1");
  }

  @Test
  void theRestThatTheServerAsksForIsTaken() {
    submissions(
        exchange -> {
          if (keys.size() == 1) {
            exchange.getResponseHeaders().add("Retry-After", "1");
          }
          answer(exchange, keys.size() == 1 ? 429 : 202, JOB);
        });
    long begin = System.nanoTime();

    assertThat(client.submit(Capture.ofHtml("<p>")).id()).isEqualTo(ID);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(990));
    assertThat(keys).hasSize(2);
  }

  @Test
  void aRestBeyondAllPatienceIsLeftToTheCaller() {
    submissions(
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "3600");
          answer(
              exchange,
              429,
              "{\"code\":\"too_fast\",\"detail\":\"slowly\"}".getBytes(StandardCharsets.UTF_8));
        });

    assertThatThrownBy(() -> client.submit(Capture.ofHtml("<p>")))
        .hasMessage("too_fast: slowly")
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.retryAfter()).hasHours(1);
              assertThat(problem.isPassing()).isTrue();
            });
    assertThat(keys).hasSize(1);
  }

  @Test
  void anAnswerOfAProxyIsNoJob() {
    submissions(
        exchange -> answer(exchange, 200, "<html>Welcome".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> client.submit(Capture.ofHtml("<p>")))
        .hasMessageContaining("answers with status 200")
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEmpty());
  }

  @Test
  void anImageThatIsCutOffIsFetchedAgain() throws IOException {
    byte[] image = new byte[100_000];
    image[99_999] = 1;
    List<Integer> sent = new CopyOnWriteArrayList<>();
    server.createContext(
        "/v1/jobs/" + ID + "/image",
        exchange -> {
          exchange.sendResponseHeaders(200, image.length);
          int length = sent.isEmpty() ? 50_000 : image.length;
          sent.add(length);
          exchange.getResponseBody().write(image, 0, length);
          exchange.close();
        });

    Path file = folder.resolve("page.png");
    client.image(ID, file);
    assertThat(sent).containsExactly(50_000, 100_000);
    assertThat(file).hasBinaryContent(image);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileThatIsShorterTheSecondTimeHasNothingOfTheFirst() throws IOException {
    List<Integer> sent = new CopyOnWriteArrayList<>();
    server.createContext(
        "/v1/batches/" + ID + "/images.zip",
        exchange -> {
          boolean isFirst = sent.isEmpty();
          int length = isFirst ? 90_000 : 10_000;
          sent.add(length);
          // As an archive comes that is made while it is sent: nobody knows its length.
          exchange.sendResponseHeaders(200, isFirst ? 100_000 : 0);
          exchange.getResponseBody().write(new byte[length]);
          exchange.close();
        });

    Path file = folder.resolve("pages.zip");
    client.batches().images(new BatchId(ID.value()), file);

    assertThat(sent).containsExactly(90_000, 10_000);
    assertThat(file).hasSize(10_000);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFolderThatIsGoneIsToldAtOnceAndNotLookedForAtTheServer() throws IOException {
    Path shots = Files.createDirectory(folder.resolve("shots"));
    List<Integer> sent = new CopyOnWriteArrayList<>();
    server.createContext(
        "/v1/jobs/" + ID + "/image",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          sent.add(50);
          exchange.getResponseBody().write(new byte[50]);
          exchange.getResponseBody().flush();
          try (var files = Files.list(shots)) {
            for (Path part : files.toList()) {
              Files.delete(part);
            }
          }
          Files.delete(shots);
          exchange.close();
        });

    assertThatThrownBy(() -> client.image(ID, shots.resolve("page.png")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(sent).hasSize(1);
    assertThatThrownBy(() -> client.image(ID, shots.resolve("page.png")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aFileThatTakesNoMoreIsToldAtOnceAndNotLookedForAtTheServer() throws IOException {
    List<Integer> sent = new CopyOnWriteArrayList<>();
    server.createContext(
        "/v1/jobs/" + ID + "/image",
        exchange -> {
          sent.add(100_000);
          answer(exchange, 200, new byte[100_000]);
        });
    var exchanges = new Exchanges(client.server(), Map.of(), Duration.ofSeconds(5), PACING);
    // Its channel is closed: a disk cannot be filled here.
    PartFile full = PartFile.of(folder.resolve("page.png"));
    full.discard();

    assertThatThrownBy(
            () ->
                exchanges.retrying(
                    exchanges.request("/v1/jobs/" + ID + "/image").build(),
                    () -> full,
                    Duration.ofSeconds(20)))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aBatchThatIsNeverToldAgainIsAwaitedNoLongerThanOneLikes() {
    List<String> questions = new CopyOnWriteArrayList<>();
    byte[] open =
        ("{\"id\":\"" + ID + "\",\"total\":2,\"open\":1}").getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/v1/batches/" + ID,
        exchange -> {
          questions.add(String.valueOf(exchange.getRequestURI().getQuery()));
          answer(exchange, questions.size() == 1 ? 200 : 504, open);
        });
    var patient =
        TintypeClient.builder()
            .server(client.server())
            .pacing(
                new Pacing(
                    Duration.ofMillis(100),
                    Duration.ofSeconds(20),
                    15,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(20)))
            .build();
    long begin = System.nanoTime();

    RemoteBatch batch = patient.batches().await(new BatchId(ID.value()), Duration.ofMillis(1_500));

    assertThat(batch.open()).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(questions).startsWith("null", "wait=2").hasSizeGreaterThan(2);
  }

  @Test
  void jobsAreAskedForPageByPageAndOnlyAsFarAsTheyAreRead() {
    List<String> questions = new CopyOnWriteArrayList<>();
    String[] pages = {
      "{\"jobs\":[],\"cursor\":\"c1\"}",
      "{\"jobs\":[{\"id\":\"" + ID + "\"}],\"cursor\":\"c2\"}",
      "{\"jobs\":[]}"
    };
    submissions(
        exchange -> {
          questions.add(exchange.getRequestURI().getRawQuery());
          answer(exchange, 200, pages[questions.size() - 1].getBytes(StandardCharsets.UTF_8));
        });
    Iterator<RemoteJob> jobs = client.jobs(JobQuery.ALL.withHost("a&b").withPageFor(7)).iterator();

    assertThat(questions).isEmpty();
    assertThat(jobs.next().id()).isEqualTo(ID);
    assertThat(questions).containsExactly("limit=7&host=a%26b", "limit=7&host=a%26b&cursor=c1");
    assertThat(jobs.hasNext()).isFalse();
    assertThat(questions).hasSize(3);
  }

  @Test
  void anAnswerOfAProxyIsNoListOfJobs() {
    submissions(exchange -> answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> client.jobs(JobQuery.ALL).toList())
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void anImageMayBeReadByWhomeverOtherFilesMay() throws IOException {
    server.createContext(
        "/v1/jobs/" + ID + "/image", exchange -> answer(exchange, 200, new byte[] {1}));
    Path other = Files.createFile(folder.resolve("other"));

    client.image(ID, folder.resolve("page.png"));

    assertThat(Files.getPosixFilePermissions(folder.resolve("page.png")))
        .isEqualTo(Files.getPosixFilePermissions(other));
  }

  private interface Answering {
    void to(HttpExchange exchange) throws IOException;
  }

  private void submissions(Answering answering) {
    server.createContext(
        "/v1/jobs",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          answering.to(exchange);
        });
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
