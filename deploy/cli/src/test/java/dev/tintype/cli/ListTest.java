package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.client.Capture;
import dev.tintype.client.JobQuery;
import dev.tintype.client.TintypeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jobs that there are, as the command line and the Java client tell of them. */
class ListTest extends WithServer {
  @Test
  void listThatCannotBeWrittenFails() throws Exception {
    submitted("example.com");
    // The redirection of a shell, because a file that is always full cannot be opened by a test.
    try (var child =
        ChildProcess.start(
            folder,
            server.environment(),
            List.of(
                "sh",
                "-c",
                "exec \"$0\" -cp \"$1\" dev.tintype.cli.Program list --json > /dev/full",
                System.getProperty("java.home") + "/bin/java",
                System.getProperty("java.class.path")))) {
      assertThat(child.exit()).isEqualTo(2);
      assertThat(child.err.text())
          .contains("cannot write standard output: no space left on device");
    }
  }

  @Test
  void jobsAreATableWithTheNewestFirst() {
    String done = submitted("https://example.com/first");
    server.complete();
    String waiting = submitted("example.com/second?a=b");

    List<String> lines = done("list").out().lines().toList();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("ID {26}STATE {6}AGE {3}TOOK {6}RESULT {10}PAGE");
    assertThat(lines.get(1))
        .matches(
            waiting
                + "  queued     \\d+s {1,3}  -         -               https://example.com/second\\?a=b");
    assertThat(lines.get(2))
        .matches(
            done
                + "  succeeded  \\d+s {1,3}  \\d+\\.\\d s {4,5}200             https://example.com/first");
  }

  @Test
  void aPageOfOnesOwnHasNoAddress() {
    client().submit(Capture.ofHtml("<p>"));

    assertThat(done("list").out()).endsWith("  (html)\n");
  }

  @Test
  void jobsAreListedByStateHostAndTime() {
    String done = submitted("example.com");
    server.complete();
    String waiting = submitted("example.org");

    assertThat(listed("--state", "queued")).containsExactly(waiting);
    assertThat(listed("--state", "succeeded")).containsExactly(done);
    assertThat(listed("--host", "example.org")).containsExactly(waiting);
    assertThat(listed("--since", "1h")).containsExactly(waiting, done);
    assertThat(listed("--until", "1h")).isEmpty();
    assertThat(listed("--since", "2000-01-01T00:00:00+02:00", "--until", "0s")).hasSize(2);
    Run none = done("list", "--state", "failed");
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).isEqualTo("no jobs\n");
  }

  @Test
  void whereTheServerListensIsNoHostThatIsCaptured() {
    String job = submitted("example.com");
    var environment = Map.of("TINTYPE_SERVER", server.address(), "TINTYPE_HOST", "0.0.0.0");

    Run run = Run.prepare(folder, environment, "", false, Run.IMPATIENT).start("list", "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(0);
    assertThat(run.json().path("id").textValue()).isEqualTo(job);
  }

  @Test
  void noMoreAreShownThanAskedForAndThatThereAreMoreIsSaid() {
    String first = submitted("example.com");
    String second = submitted("example.com");

    Run one = done("list", "--limit", "1", "--json");
    assertThat(one.json().path("id").textValue()).isEqualTo(second);
    assertThat(one.err()).startsWith("Older jobs exist; use --limit to list");
    for (String enough : List.of("--limit=2", "--all")) {
      Run two = done("list", enough, "--json");
      assertThat(two.lines())
          .extracting(each -> each.path("id").textValue())
          .containsExactly(second, first);
      assertThat(two.err()).isEmpty();
    }
  }

  @Test
  void moreThanAPageIsReadPageByPage() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 201; i++) {
      ids.add(0, client().submit(Capture.ofHtml("<p>" + i)).id().value());
    }

    Run all = done("list", "--all", "--json");

    assertThat(all.lines()).extracting(each -> each.path("id").textValue()).isEqualTo(ids);
    assertThat(client().jobs(JobQuery.ALL.withPageFor(50)).map(job -> job.id().value()))
        .containsExactlyElementsOf(ids);
  }

  @Test
  void whatTheServerDoesNotKnowIsRefusedUnderTheNameOfItsFlag() {
    Run run = server.run("list", "--state", "done", "--host", "a b");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("state is \"done\"; allowed is one of scheduled, queued")
        .contains("host is \"a b\"; allowed is the host of an address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--limit 0        | --limit is 0; allowed: 1 or more",
        "--since soon     | \"soon\" is not a time",
        "--until 1960     | is not a time. Expected a time since 1970",
        "--state          | --state",
        "queued           | queued",
      })
  void whatMakesNoSenseIsRefusedBeforeTheServerIsAsked(String words, String reason) {
    server.vanish();

    Run run = server.run(("list " + words.strip()).split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
  }

  @Test
  void theHelpTeaches() {
    assertThat(done("list", "--help").out().replaceAll("\\s+", " "))
        .contains("scheduled, queued, running, succeeded, failed, cancelled, expired.")
        .contains("tintype list --state failed --since 2h")
        .contains("Default: 50.");
  }

  @Test
  void theRequestIsShownInsteadOfSent() {
    Run dry = done("list", "--state=failed", "--since=2030-01-31T18:00:00Z", "--dry-run");

    assertThat(dry.out())
        .isEqualTo(
            "GET %s/v1/jobs?limit=50&state=failed&since=2030-01-31T18%%3A00%%3A00Z%n"
                .formatted(server.address()));
  }

  @Test
  void aServerThatIsAwayIsToldAsSuch() {
    server.vanish();

    assertThat(server.run("list").exit()).isEqualTo(4);
  }

  private List<String> listed(String... flags) {
    List<String> arguments = new ArrayList<>(List.of("list", "--json"));
    arguments.addAll(List.of(flags));
    return done(arguments.toArray(String[]::new)).lines().stream()
        .map(job -> job.path("id").textValue())
        .toList();
  }

  private String submitted(String page) {
    return done("submit", page).out().strip();
  }

  private TintypeClient client() {
    return TintypeClient.of(server.address());
  }
}
