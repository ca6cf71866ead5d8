package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.client.Pacing;
import dev.tintype.job.FailureCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitTest extends WithServer {
  @Test
  void aJobIsSubmittedWaitedForAndFetchedInThreeSteps() {
    String id = submit();
    Run status = server.run("status", id);
    assertThat(status.exit()).isEqualTo(0);
    assertThat(status.out()).startsWith(id + " queued\n").contains("https://example.com");

    Run early = server.run("get", id);
    assertThat(early.exit()).isEqualTo(3);
    assertThat(early.err()).contains("no image yet").contains("tintype wait " + id);

    Run wait = server.run("wait", id);
    server.complete();
    assertThat(wait.exit()).isEqualTo(0);
    assertThat(wait.err()).contains("1280x800 png").contains("tintype get " + id);

    Run get = server.run("get", id, "-o", "page.png");
    assertThat(get.exit()).isEqualTo(0);
    assertThat(folder.resolve("page.png")).hasBinaryContent(ServerUnderTest.IMAGE);
  }

  @Test
  void aFailedJobEndsEveryCommandThatAsksForIt() {
    String id = submit();
    server.fail(FailureCode.PAGE_CRASHED, "the page took its process down");

    for (String command : new String[] {"status", "wait", "get"}) {
      Run run = server.run(command, id);
      assertThat(run.exit()).as(command).isEqualTo(1);
      assertThat(run.err() + run.out()).contains("the page took its process down (page_crashed)");
    }
  }

  @Test
  void whoeverGivesUpIsToldHowToFindTheJobAgain() {
    Run run = server.run("shot", "example.com", "--wait-limit", "1s");

    assertThat(run.exit()).isEqualTo(5);
    String id = server.claim().lease().job().value();
    assertThat(run.err())
        .contains("still queued after 1s")
        .contains("Find it again: tintype wait " + id + " --server " + server.address());
  }

  @Test
  void aServerThatVanishesForAMomentCostsNothing() {
    Run run =
        Run.prepare(
                folder,
                server.environment(),
                "",
                false,
                new Pacing(
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    2,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20)))
            .start("shot", "example.com");
    run.err.awaitText("queued");
    var assignment = server.claim();
    server.vanish();
    run.err.awaitText("asking again");
    server.start();
    server.complete(assignment);

    assertThat(run.exit()).isEqualTo(0);
    assertThat(folder.resolve("example.com.png")).hasBinaryContent(ServerUnderTest.IMAGE);
  }

  @Test
  void aServerThatStaysAwayEndsTheWait() {
    Run run = server.run("shot", "example.com");
    run.err.awaitText("queued");
    String id = server.claim().lease().job().value();
    server.vanish();

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("has not answered for 1s").contains("tintype wait " + id);
  }

  private String submit() {
    Run submit = server.run("submit", "example.com");
    assertThat(submit.exit()).isEqualTo(0);
    assertThat(submit.out()).hasLineCount(1);
    return submit.out().strip();
  }
}
