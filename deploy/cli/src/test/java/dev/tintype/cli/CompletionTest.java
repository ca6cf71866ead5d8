package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void theScriptIsOneThatBashReads(String shell) throws Exception {
    Path script = script(shell);

    ChildProcess check =
        ChildProcess.start(folder, Map.of(), List.of("bash", "-n", script.toString()));
    assertThat(check.exit()).as(check.err.text()).isZero();
    assertThat(check.err.text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "can, 1, cancel",
    "ba, 1, batch",
    "webhook li, 2, listen",
    "shot --full, 2, --full-page",
    "batch --conc, 2, --concurrency",
  })
  void aWordThatWasBegunIsCompleted(String words, int place, String expected) throws Exception {
    String question =
        "source '%s'; COMP_WORDS=(tintype %s); COMP_CWORD=%d; _complete_tintype; echo \"${COMPREPLY[@]}\""
            .formatted(script("bash"), words, place);
    ChildProcess bash =
        ChildProcess.start(folder, Map.of(), List.of("bash", "-c", question)).reading();

    assertThat(bash.exit()).as(bash.err.text()).isZero();
    assertThat(bash.out.text().split("\\s+")).contains(expected);
  }

  @Test
  void unknownShellIsRefusedWithTheKnownOnes() {
    Run run = Run.prepare(folder, Map.of(), "", false, Run.IMPATIENT).start("completion", "csh");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("bash").contains("zsh");
  }

  @Test
  void fishCompletesCommandsFlagsValuesAndFiles() {
    Run run = Run.prepare(folder, Map.of(), "", false, Run.IMPATIENT).start("completion", "fish");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.out().lines())
        .anyMatch(line -> line.contains("__fish_use_subcommand' -a cancel -d 'Cancel jobs"))
        .anyMatch(
            line -> line.matches(".*__fish_seen_subcommand_from shot' -s o -l output -r -F.*"))
        .anyMatch(line -> line.matches(".*from list' -l state -x -a 'scheduled queued .*"))
        .anyMatch(
            line ->
                line.contains("from webhook; and not __fish_seen_subcommand_from")
                    && line.contains("-a listen"))
        .anyMatch(line -> line.contains("from webhook; and __fish_seen_subcommand_from listen'"));
  }

  private Path script(String shell) throws Exception {
    Run run = Run.prepare(folder, Map.of(), "", false, Run.IMPATIENT).start("completion", shell);
    assertThat(run.exit()).isEqualTo(0);
    return Files.writeString(folder.resolve("completion"), run.out());
  }
}
