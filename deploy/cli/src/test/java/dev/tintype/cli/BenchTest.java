package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.FailureCode;
import org.junit.jupiter.api.Test;

class BenchTest extends WithServer {
  @Test
  void theSpeedOfManyJobsIsTold() {
    var done = server.completeEverything();
    Run run = server.run("bench", "example.com", "--jobs", "40", "--concurrency", "4", "--json");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(done).hasSize(40);
    var report = run.json();
    assertThat(report.path("accepted").intValue()).isEqualTo(40);
    assertThat(report.path("succeeded").intValue()).isEqualTo(40);
    assertThat(report.path("acceptedPerSecond").doubleValue()).isPositive();
    assertThat(report.path("donePerSecond").doubleValue()).isPositive();
    assertThat(report.at("/doneMillis/p95").longValue())
        .isGreaterThanOrEqualTo(report.at("/doneMillis/p50").longValue());
    assertThat(report.path("failures")).isEmpty();
  }

  @Test
  void failuresAreCountedByTheirCode() {
    Run run = server.run("bench", "example.com", "--jobs", "3");
    server.complete();
    server.fail(FailureCode.PAGE_CRASHED, "the page took its process down");
    server.complete();

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("3 jobs: 3 accepted, 2 succeeded, 1 failed {page_crashed=1}\n")
        .containsPattern("accepted +[0-9.]+ a second, p50 \\d+ ms, p95 \\d+ ms\n")
        .containsPattern("done +[0-9.]+ a second, p50 \\d+ ms, p95 \\d+ ms\n");
  }

  @Test
  void aCaptureThatIsRefusedIsNotMeasured() {
    Run run = server.run("bench", "example.com", "--width", "0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--width must be a whole number from 1 to 8192 (got 0)");
    assertThat(run.out()).isEmpty();
  }
}
