package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tintype.capture.Area;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Viewport;
import dev.tintype.capture.Wait;
import dev.tintype.capture.field.FieldError;
import dev.tintype.client.Capture;
import dev.tintype.client.CaptureBatch;
import dev.tintype.client.InterruptedCallException;
import dev.tintype.client.ProblemException;
import dev.tintype.client.RemoteBatch;
import dev.tintype.client.RemoteBatches;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.ServerAddress;
import dev.tintype.client.ServerAwayException;
import dev.tintype.client.StillOpenException;
import dev.tintype.client.TintypeClient;
import dev.tintype.job.JobId;
import dev.tintype.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java client against the real API; the command line's tests show the rest of it. */
class ClientTest extends WithServer {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private TintypeClient client;

  @BeforeEach
  void connect() {
    client = impatient(server.address());
  }

  @Test
  void aCaptureIsSubmittedAwaitedAndSaved() throws Exception {
    RemoteJob job =
        client.submit(
            Capture.ofUrl("https://example.com/")
                .with(Viewport.WIDTH, 390)
                .with(Viewport.HEIGHT, 700)
                .with(Area.FULL_PAGE, true)
                .with(Wait.DELAY, Duration.ofMillis(1_500)));
    assertThat(job.state()).isEqualTo("queued");

    CaptureSpec spec = server.complete();
    assertThat(spec.viewport().width()).isEqualTo(390);
    assertThat(spec.viewport().height()).isEqualTo(700);
    assertThat(spec.area().fullPage()).isTrue();
    assertThat(spec.waits().delay()).hasMillis(1_500);

    assertThat(client.await(job.id(), LIMIT).hasSucceeded()).isTrue();
    assertThat(client.image(job.id())).isEqualTo(ServerUnderTest.IMAGE);
    Path file = folder.resolve("page.png");
    Files.writeString(file, "old");
    client.image(job.id(), file);
    assertThat(file).hasBinaryContent(ServerUnderTest.IMAGE);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aBatchIsSubmittedOnceAwaitedReadAndSaved() throws Exception {
    RemoteBatches batches = client.batches();
    CaptureBatch pages =
        CaptureBatch.of(List.of(Capture.ofHtml("<p>one"), Capture.ofUrl("https://example.com/")))
            .withDefaults(Capture.ofHtml("<p>").with(Viewport.WIDTH, 390))
            .withMetadata(JsonNodeFactory.instance.objectNode().put("order", 7));
    RemoteBatch batch = batches.submit(pages, "order-7");
    assertThat(batches.submit(pages, "order-7").id()).isEqualTo(batch.id());
    assertThat(batch.json().at("/metadata/order").intValue()).isEqualTo(7);
    assertThat(batches.await(batch.id(), Duration.ZERO).open()).isEqualTo(2);

    assertThat(server.complete().viewport().width()).isEqualTo(390);
    var waiting = CompletableFuture.supplyAsync(() -> batches.await(batch.id(), LIMIT));
    server.complete();

    assertThat(waiting.get(20, TimeUnit.SECONDS).isFinished()).isTrue();
    assertThat(batches.batch(batch.id()).succeeded()).isEqualTo(2);
    List<RemoteJob> results = batches.results(batch.id());
    assertThat(results).allMatch(RemoteJob::hasSucceeded);
    assertThat(results.get(1).text("/url")).isEqualTo("https://example.com/");
    Path file = folder.resolve("pages.zip");
    batches.images(batch.id(), file);
    try (var zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly("results.ndjson", "0001-page.png", "0002-example.com.png");
    }
  }

  @Test
  void aBatchIsCancelled() {
    RemoteBatch batch =
        client.batches().submit(CaptureBatch.of(List.of(Capture.ofHtml("<p>"))), "key-1");

    assertThat(client.batches().cancel(batch.id()).isFinished()).isTrue();
    assertThat(client.batches().results(batch.id()).get(0).state()).isEqualTo("cancelled");
  }

  @Test
  void theSameKeyIsTheSameJob() {
    Capture capture = Capture.ofHtml("<p>once");

    RemoteJob first = client.submit(capture, "key-1");
    assertThat(client.submit(capture, "key-1").id()).isEqualTo(first.id());
    assertThat(client.submit(capture).id()).isNotEqualTo(first.id());
    assertThatThrownBy(() -> client.submit(Capture.ofHtml("<p>other"), "key-1"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo("idempotency_key_reused"));
  }

  @Test
  void aRefusalNamesItsCodeAndEveryField() {
    Capture capture =
        Capture.ofUrl("ftp://example.com/").with(Viewport.WIDTH, 0).with(Wait.SELECTOR, "");

    assertThatThrownBy(() -> client.submit(capture))
        .hasMessageContaining("/viewport/width must be a whole number from 1 to 8192 (got 0)")
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(422);
              assertThat(problem.code()).isEqualTo("invalid_capture");
              assertThat(problem.isPassing()).isFalse();
              assertThat(problem.errors())
                  .extracting(FieldError::pointer)
                  .containsExactlyInAnyOrder("/url", "/viewport/width", "/wait/selector");
            });
  }

  @Test
  void anImageThatIsNotThereLeavesNoFile() throws Exception {
    RemoteJob job = client.submit(Capture.ofHtml("<p>"));
    Path file = folder.resolve("page.png");

    assertThatThrownBy(() -> client.image(job.id(), file))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("image_not_ready");
              assertThat(problem.retryAfter()).isPositive();
            });
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void anOpenJobIsCancelledAndAFinishedOneIsNot() {
    JobId open = client.submit(Capture.ofHtml("<p>1")).id();
    assertThat(client.cancel(open).state()).isEqualTo("cancelled");
    assertThat(client.cancel(open).state()).isEqualTo("cancelled");

    JobId done = client.submit(Capture.ofHtml("<p>2")).id();
    server.complete();
    assertThatThrownBy(() -> client.cancel(done))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo("job_finished"));
  }

  @Test
  void aDeletedJobIsGone() {
    JobId id = client.submit(Capture.ofHtml("<p>")).id();
    client.delete(id);

    assertThatThrownBy(() -> client.job(id))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo("job_gone"));
  }

  @Test
  void whoGivesUpWaitingHasTheJob() {
    RemoteJob job = client.submit(Capture.ofHtml("<p>"));

    assertThatThrownBy(() -> client.await(job.id(), Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            StillOpenException.class, open -> assertThat(open.job().id()).isEqualTo(job.id()));
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    server.vanish();

    assertThatThrownBy(() -> client.job(Fixtures.aJobId()))
        .isInstanceOfSatisfying(
            ServerAwayException.class, away -> assertThat(away.wasThere()).isFalse())
        .hasMessageContaining(server.address())
        .hasMessageContaining("connection refused");
  }

  @Test
  void anInterruptEndsAWait() throws Exception {
    RemoteJob job = client.submit(Capture.ofHtml("<p>"));
    var outcome = new CompletableFuture<RemoteJob>();
    var waiting =
        new Thread(
            () -> {
              try {
                outcome.complete(client.await(job.id(), LIMIT));
              } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
              }
            });
    waiting.start();
    waiting.interrupt();

    assertThat(outcome.handle((done, failure) -> failure).get(10, TimeUnit.SECONDS))
        .isInstanceOf(InterruptedCallException.class);
  }

  private static TintypeClient impatient(String address) {
    return TintypeClient.builder()
        .server(ServerAddress.parse(address))
        .pacing(Run.IMPATIENT)
        .apiKey("none-is-asked-for")
        .build();
  }
}
