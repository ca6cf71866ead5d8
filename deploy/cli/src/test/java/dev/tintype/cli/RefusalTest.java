package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalTest extends WithServer {
  @Test
  void everyInvalidFieldIsNamedByItsFlag() {
    Run run = server.run("shot", "ftp://example.com/", "--width", "0", "--until", "never");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("--width must be a whole number from 1 to 8192 (got 0)")
        .contains("--until must be one of auto, ")
        .contains("URL must be an http or https address");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aRequestThatWouldBeRefusedIsNotPrinted() {
    Run run = server.run("submit", "example.com", "--width", "0", "--curl");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--width must be a whole number from 1 to 8192 (got 0)");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anAddressThatIsNotAllowedIsRefused() {
    Run run = server.run("shot", "http://10.0.0.1/");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).startsWith("URL cannot be used: ");
  }

  @Test
  void anUnknownJobIsNotFound() {
    for (String command : new String[] {"status", "wait", "get"}) {
      Run run = server.run(command, Fixtures.aJobId().value());

      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.err()).contains("there is no job ", "deleted more than a day ago");
    }
  }

  @Test
  void whatIsNoIdIsAMistakeOfTheCommandLine() {
    Run run = server.run("status", "nonsense");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("\"nonsense\" is not a job ID")
        .contains("Try: tintype status --help");
  }

  @Test
  void aMistypedFlagIsAnsweredWithTheOneThatWasMeant() {
    Run run = server.run("shot", "example.com", "--widht=3");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Unknown option: '--widht=3'").contains("--width");
  }

  @Test
  void urlOnStandardInputIsNotCapturedAsText() {
    for (String text : new String[] {"https://example.com/a?b=c\n", "example.com\r\n"}) {
      Run shot =
          Run.prepare(folder, server.environment(), text, false, Run.IMPATIENT).start("shot", "-");
      assertThat(shot.exit()).isEqualTo(2);
      assertThat(shot.err()).contains("standard input is a URL", "tintype shot " + text.strip());
    }
    Run page =
        Run.prepare(folder, server.environment(), "<p>x</p>", false, Run.IMPATIENT)
            .start("shot", "-", "--dry-run");
    assertThat(page.exit()).as(page.err()).isEqualTo(0);
  }

  @Test
  void fileErrorsNameTheFileAndTheReason() throws IOException {
    Run folderAsPage = server.run("shot", "--html", ".");
    assertThat(folderAsPage.exit()).isEqualTo(2);
    assertThat(folderAsPage.err()).isEqualTo("--html: cannot read .: is a directory\n");

    Files.write(folder.resolve("latin1.html"), new byte[] {'<', 'p', '>', (byte) 0xe9});
    Run latin1 = server.run("shot", "--html", "latin1.html");
    assertThat(latin1.exit()).isEqualTo(2);
    assertThat(latin1.err()).contains("latin1.html: not UTF-8 text", "iconv");

    Run missing = server.run("batch", "missing.txt", "-o", "x");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err()).isEqualTo("cannot read missing.txt: no such file\n");
  }

  @Test
  void secretThatIsMissingIsExplainedWithACommand() {
    Run submit =
        server.run(
            "submit",
            "example.com",
            "--webhook-url",
            "https://example.com/h",
            "--webhook-secret",
            "reports");
    assertThat(submit.exit()).isEqualTo(2);
    assertThat(submit.err())
        .contains("tintype webhook secret reports --create")
        .doesNotContain("PUT ");
  }

  @Test
  void endpointErrorsNameTheFlag() {
    Run added = server.run("webhook", "endpoints", "--add", "ftp://example.com/");
    assertThat(added.exit()).isEqualTo(2);
    assertThat(added.err()).startsWith("--add: ");
  }

  @Test
  void aPageThatIsBothOrNeitherIsRefused() throws IOException {
    Files.writeString(folder.resolve("page.html"), "<p>");

    Run both = server.run("shot", "example.com", "--html", "page.html");
    assertThat(both.exit()).isEqualTo(2);
    assertThat(both.err()).contains("give one of them");

    Run neither = server.run("shot");
    assertThat(neither.exit()).isEqualTo(2);
    assertThat(neither.err()).contains("no page to capture");

    Run file = server.run("shot", "page.html");
    assertThat(file.exit()).isEqualTo(2);
    assertThat(file.err()).contains("use --html page.html");
  }

  @Test
  void withoutAServerTheCommandSaysWhatToDo() throws IOException {
    for (String[] arguments :
        new String[][] {{"shot", "example.com"}, {"status", Fixtures.aJobId().value()}}) {
      Run run =
          Run.prepare(folder, Map.of("TINTYPE_SERVER", nobody()), "", false, Run.IMPATIENT)
              .start(arguments);

      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err())
          .contains("no server answers at http://127.0.0.1:")
          .contains("(connection refused)")
          .contains("tintype serve");
    }
  }

  @Test
  void aServerWithoutItsQueueIsAway() throws Exception {
    try (RedisServer own = RedisServer.bundled().start();
        ServerUnderTest orphan = new ServerUnderTest(own.uri(), folder)) {
      own.kill();
      Run run = orphan.run("submit", "example.com");

      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err())
          .contains("may or may not have been stored")
          .contains("Try again in 5 s");
    }
  }

  @Test
  void aServerThatIsNoTintypeIsNamed() {
    Run run =
        Run.prepare(
                folder,
                Map.of("TINTYPE_SERVER", server.address() + "/elsewhere/"),
                "",
                false,
                Run.IMPATIENT)
            .start("submit", "example.com");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("/elsewhere a tintype server?");
  }

  private static String nobody() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + probe.getLocalPort();
    }
  }
}
