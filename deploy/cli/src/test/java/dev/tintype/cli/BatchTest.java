package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.FailureCode;
import dev.tintype.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest extends WithServer {
  @Test
  void aBatchThatIsKilledTimeAndAgainCapturesEveryPageOnceAndNothingTwice() throws Exception {
    List<String> pages =
        IntStream.rangeClosed(1, 200).mapToObj(i -> "https://example.com/p/" + i).toList();
    Files.write(folder.resolve("urls.txt"), pages);
    List<CaptureSpec> done = server.completeEverything();

    for (int kills : new int[] {30, 80, 140}) {
      ChildProcess batch = batch();
      Eventually.holds(kills + " pages", Duration.ofSeconds(40), () -> done.size() >= kills);
      // As kill -9.
      batch.process().destroyForcibly().waitFor();
    }
    assertThat(done).hasSizeLessThan(200);
    ChildProcess last = batch();

    assertThat(last.exit()).as(last.err.text()).isEqualTo(0);
    String said = last.err.text();
    assertThat(said).contains("200 pages in shots: ").contains(" 0 failed");
    assertThat(done).extracting(CaptureSpec::url).containsExactlyInAnyOrderElementsOf(pages);
    assertThat(files())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 200).mapToObj(i -> "example.com-p-" + i + ".png").toList());
    assertThat(folder.resolve("shots/example.com-p-77.png"))
        .hasBinaryContent(ServerUnderTest.IMAGE);
  }

  @Test
  void aListHoldsAddressesAndCapturesAndFlagsAreForThoseThatSayNothingElse() throws Exception {
    list("example.com/a", "", "# a remark", "{\"url\": \"example.com/b\", \"format\": \"webp\"}");
    List<CaptureSpec> done = server.completeEverything();

    Run run = server.run("batch", "list", "-o", "shots", "--width", "390", "--json");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(done).allMatch(spec -> spec.viewport().width() == 390);
    assertThat(done)
        .extracting(spec -> spec.format().type())
        .containsExactlyInAnyOrder(ImageType.PNG, ImageType.WEBP);
    assertThat(files()).containsExactlyInAnyOrder("example.com-a.png", "example.com-b.webp");
    assertThat(run.lines())
        .extracting(line -> line.path("line").intValue() + " " + line.path("file").textValue())
        .containsExactlyInAnyOrder("1 shots/example.com-a.png", "4 shots/example.com-b.webp");
    assertThat(run.lines()).allMatch(line -> line.at("/job/state").asText().equals("succeeded"));
  }

  @Test
  void equalNamesAreToldApartAndNoStrangersFileIsTouched() throws Exception {
    Files.createDirectory(folder.resolve("shots"));
    Files.writeString(folder.resolve("shots/example.com-a.png"), "precious");
    list("example.com/a", "example.com/a/", "example.com/A", "example.com/a");
    List<CaptureSpec> done = server.completeEverything();

    assertThat(server.run("batch", "list", "-o", "shots").exit()).isEqualTo(0);

    assertThat(done).hasSize(4);
    assertThat(files())
        .containsExactlyInAnyOrder(
            "example.com-a.png",
            "example.com-a-2.png",
            "example.com-a-3.png",
            "example.com-A-4.png",
            "example.com-a-5.png");
    assertThat(folder.resolve("shots/example.com-a.png")).hasContent("precious");
  }

  @Test
  void anAddressInAnyLettersHasItsFileInALocaleThatHasNone() throws Exception {
    Files.writeString(
        folder.resolve("urls.txt"),
        "https://example.com/\u00fcber\nhttps://example.com/" + "\u65e5".repeat(120) + "/b\n");
    server.completeEverything();

    ChildProcess batch = batch(Map.of("LC_ALL", "C"));

    assertThat(batch.exit()).as(batch.err.text()).isEqualTo(0);
    assertThat(files()).containsExactlyInAnyOrder("example.com-uber.png", "example.com-b.png");
  }

  @Test
  void aListThatHasGrownHasItsNewPagesCapturedOnly() throws Exception {
    list("example.com/a", "example.com/b");
    List<CaptureSpec> done = server.completeEverything();
    assertThat(server.run("batch", "list", "-o", "shots").exit()).isEqualTo(0);

    list("example.com/new", "example.com/a", "example.com/b");
    Run run = server.run("batch", "list", "-o", "shots");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.err()).contains("3 pages in shots: 1 saved, 2 saved before, 0 failed");
    assertThat(done).hasSize(3);
  }

  @Test
  void anAnswerThatWasNeverWrittenDownIsFoundAgain() throws Exception {
    list("example.com/a");
    List<CaptureSpec> done = server.completeEverything();
    assertThat(server.run("batch", "list", "-o", "shots").exit()).isEqualTo(0);

    // All but the batch and its plan is lost, and the next line is cut off in the middle.
    Path journal = folder.resolve("shots/.tintype-batch.ndjson");
    List<String> lines = Files.readAllLines(journal);
    Files.write(journal, lines.subList(0, 2));
    Files.writeString(journal, lines.get(2).substring(0, 20), StandardOpenOption.APPEND);
    Run run = server.run("batch", "list", "-o", "shots");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(done).hasSize(1);
    assertThat(files()).containsExactly("example.com-a.png");
  }

  @Test
  void aPageThatFailedIsToldAndTriedAgainWhenAskedFor() throws Exception {
    list("example.com/a", "example.com/b");
    Run run = server.run("batch", "list", "-o", "shots", "--concurrency", "1", "--json");
    server.fail(FailureCode.HOST_NOT_FOUND, "example.com does not resolve");
    server.complete();

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("line 1, https://example.com/a: capture failed: example.com does not resolve")
        .contains("2 pages in shots: 1 saved, 0 saved before, 1 failed");
    assertThat(run.lines())
        .extracting(line -> line.path("state").textValue())
        .containsExactly("failed", "succeeded");

    Run idle = server.run("batch", "list", "-o", "shots");
    assertThat(idle.exit()).isEqualTo(1);
    assertThat(idle.err())
        .contains("2 pages in shots: 0 saved, 1 saved before, 1 failed")
        .contains("--retry-failed");
    Run again = server.run("batch", "list", "-o", "shots", "--retry-failed");
    assertThat(server.complete().url()).isEqualTo("https://example.com/a");
    assertThat(again.exit()).isEqualTo(0);
  }

  @Test
  void aLineThatIsRefusedKeepsNoOtherFromBeingCaptured() throws Exception {
    list("{\"url\": \"https://example.com/a\", \"viewport\": {\"width\": 0}}", "example.com/b");
    server.completeEverything();
    Run run = server.run("batch", "list", "-o", "shots");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "line 1, https://example.com/a: --width must be a whole number from 1 to 8192 (got 0)");
    assertThat(files()).containsExactly("example.com-b.png");
  }

  @Test
  void aJobThatTheServerHasForgottenIsMadeAgain() throws Exception {
    list("example.com/a");
    Run run = server.run("batch", "list", "-o", "shots", "--wait-limit", "1s");
    var assignment = server.claim();
    assertThat(run.exit()).isEqualTo(5);
    String id = assignment.lease().job().value();
    assertThat(server.run("delete", id).exit()).isEqualTo(0);

    Run again = server.run("batch", "list", "-o", "shots");
    assertThat(server.complete().url()).isEqualTo("https://example.com/a");
    assertThat(again.exit()).isEqualTo(0);
    assertThat(files()).containsExactly("example.com-a.png");
  }

  @Test
  void twoBatchesDoNotShareAFolder() throws Exception {
    list("example.com/a");
    Run first = server.run("batch", "list", "-o", "shots");
    var assignment = server.claim();

    Run second = server.run("batch", "list", "-o", "shots");
    assertThat(second.exit()).isEqualTo(2);
    assertThat(second.err()).contains("another batch is at work in");

    server.complete(assignment);
    assertThat(first.exit()).isEqualTo(0);
  }

  @Test
  void aFolderThatIsTakenAwayMeanwhileIsNoServerThatIsAway() throws Exception {
    list("example.com/a");
    Run run = server.run("batch", "list", "-o", "shots");
    var assignment = server.claim();
    Files.delete(folder.resolve("shots/.tintype-batch.ndjson"));
    Files.delete(folder.resolve("shots"));
    server.complete(assignment);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("-o: cannot write ").doesNotContain("no server");
  }

  @Test
  void aServerThatGoesAwayEndsTheBatchAndTheCommandGoesOnLater() throws Exception {
    list("example.com/a", "example.com/b");
    Run run = server.run("batch", "list", "-o", "shots");
    var assignment = server.claim();
    server.vanish();
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("Run the same command again");

    server.start();
    Run again = server.run("batch", "list", "-o", "shots");
    server.complete(assignment);
    server.complete();
    assertThat(again.exit()).isEqualTo(0);
    assertThat(files()).hasSize(2);
  }

  @Test
  void aTerminalSeesABar() throws Exception {
    list("example.com/a", "example.com/b");
    Run run =
        Run.prepare(folder, server.environment(), "", true, Run.IMPATIENT)
            .start("batch", "list", "-o", "shots");
    run.err.awaitText("[------------------------------] 0/2");
    server.complete();
    run.err.awaitText("[###############---------------] 1/2");
    server.complete();

    assertThat(run.exit()).isEqualTo(0);
    String last = run.err().substring(run.err().lastIndexOf("\r\033[K"));
    assertThat(last).contains("2 pages in shots: 2 saved, 0 saved before, 0 failed");
  }

  @Test
  void whatWouldBeSentIsShown() throws Exception {
    list("example.com/a", "example.com/b");
    Run run = server.run("batch", "list", "-o", "shots", "--dry-run", "--json", "--full-page");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.lines())
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"area\":{\"fullPage\":true},\"url\":\"https://example.com/a\"}",
            "{\"area\":{\"fullPage\":true},\"url\":\"https://example.com/b\"}");
    assertThat(folder.resolve("shots")).doesNotExist();
  }

  @Test
  void aLineThatIsNoCaptureIsNamed() throws Exception {
    list("example.com/a", "{\"url\": ");

    Run run = server.run("batch", "list", "-o", "shots");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("line 2 looks like JSON but is not a JSON object");
  }

  @Test
  void listOfAWindowsEditorIsRead() throws Exception {
    Files.writeString(
        folder.resolve("list"), "\uFEFFhttps://example.com/a\r\n# remark\r\n\r\nexample.com/b\r\n");

    Run run = server.run("batch", "list", "-o", "shots", "--dry-run", "--json");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.lines())
        .extracting(line -> line.path("url").textValue())
        .containsExactly("https://example.com/a", "https://example.com/b");
  }

  private ChildProcess batch() throws IOException {
    return batch(Map.of());
  }

  private ChildProcess batch(Map<String, String> environment) throws IOException {
    return ChildProcess.client(
            folder,
            environment,
            "batch",
            "urls.txt",
            "-o",
            "shots",
            "--server",
            server.address(),
            "--concurrency",
            "8")
        .reading();
  }

  private void list(String... lines) throws IOException {
    Files.write(folder.resolve("list"), List.of(lines));
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder.resolve("shots"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".tintype-batch.ndjson"))
          .toList();
    }
  }
}
