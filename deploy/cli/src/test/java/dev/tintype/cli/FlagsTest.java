package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.CaptureOptions;
import dev.tintype.capture.Input;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Terminal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsTest {
  @TempDir Path folder;

  @Test
  void everyFieldOfACaptureHasAFlagButTheAddress() {
    for (String command : new String[] {"shot", "submit"}) {
      var spec = prepare(Map.of()).commandLine().parseArgs(command).subcommand().commandSpec();
      for (Field<?> field : CaptureOptions.fields()) {
        if (field != Input.URL && field.flag().isPresent()) {
          String flag = "--" + field.flag().orElseThrow();
          assertThat(spec.findOption(flag)).as(flag).isNotNull();
        }
      }
      assertThat(spec.positionalParameters()).hasSize(1);
    }
  }

  @Test
  void everyCommandIsFoundByItsNameAlone() {
    ClientCommands.table(Terminal.ofProcess(), Run.IMPATIENT)
        .forEach((name, command) -> assertThat(command.get().getCommandName()).isEqualTo(name));
    assertThat(ClientCommands.only("shot")).isPresent();
    assertThat(ClientCommands.only("serve")).isEmpty();
    // It needs every command.
    assertThat(ClientCommands.only("completion")).isEmpty();
  }

  @Test
  void theHelpTellsWhatIsAllowedAndHowTheCommandEnds() {
    Run run = prepare(Map.of()).start("shot", "--help");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("--width=VALUE")
        .contains("Allowed is a whole number from 1 to 8192. Default: 1280.")
        .contains("Default: 1m.")
        .contains("tintype shot example.com");
    for (ExitCode code : ExitCode.values()) {
      assertThat(run.out()).contains(code.status() + "   " + code.meaning());
    }
  }

  @Test
  void helpGroupsTheFlagsOfACapture() {
    Run run = prepare(Map.of()).start("shot", "--help");
    assertThat(run.exit()).isEqualTo(0);
    String help = run.out();

    for (OptionGroup group : CaptureOptions.TABLE.groups()) {
      assertThat(help).contains("\n" + group.name() + "\n  ");
    }
    assertThat(help.indexOf("\nViewport\n")).isLessThan(help.indexOf("--width"));
  }

  @Test
  void theEnvironmentStandsAboveTheDefaultAndTheFlagAboveBoth() {
    assertThat(width(Map.of())).isEmpty();
    assertThat(width(Map.of("TINTYPE_WIDTH", "390"))).isEqualTo("390");
    assertThat(width(Map.of("TINTYPE_WIDTH", "390"), "--width", "800")).isEqualTo("800");
    assertThat(width(Map.of("TINTYPE_WIDTH", ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "true, --full-page, true",
    "true, --full-page=false, false",
    "false, --full-page, true"
  })
  void aYesOrNoFromTheEnvironmentDoesNotTurnItsFlagAround(
      String variable, String flag, boolean expected) {
    Run run =
        prepare(Map.of("TINTYPE_FULL_PAGE", variable, "TINTYPE_JSON", "true"))
            .start("submit", "example.com", flag, "--json", "--dry-run");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.json().at("/area/fullPage").booleanValue()).isEqualTo(expected);
  }

  @Test
  void theFileThatWasNamedStandsAboveTheEnvironmentAndBelowTheFlag() {
    var environment = Map.of("TINTYPE_FORMAT", "jpeg");

    assertThat(format(environment)).isEqualTo("jpeg");
    assertThat(format(environment, "-o", "a.webp")).isEqualTo("webp");
    assertThat(format(environment, "-o", "a.webp", "--format", "png")).isEqualTo("png");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, https://example.com",
    "example.com:8443/a?b=c, https://example.com:8443/a?b=c",
    "http://example.com, http://example.com",
    "HTTPS://example.com, HTTPS://example.com",
    "localhost:3000/a, http://localhost:3000/a",
    "127.0.0.1, http://127.0.0.1",
    "localhost.example.com, https://localhost.example.com",
  })
  void anAddressIsTakenAsPeopleWriteIt(String written, String meant) {
    Run run = prepare(Map.of()).start("shot", written, "--dry-run", "--json");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.json().path("url").textValue()).isEqualTo(meant);
  }

  @Test
  void aDryRunShowsTheRequest() {
    Run run =
        prepare(Map.of("TINTYPE_SERVER", "shots.example:8080/api/"))
            .start("shot", "example.com", "--quality", "50", "--format", "webp", "--dry-run");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.out())
        .startsWith("POST http://shots.example:8080/api/v1/jobs\n")
        .contains("\"quality\" : 50");
  }

  @Test
  void anAddressOfTheServerThatIsNoneIsRefused() {
    Run run = prepare(Map.of()).start("submit", "example.com", "--server", "ftp://x");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("\"ftp://x\" is no address of a server");
  }

  private String width(Map<String, String> environment, String... flags) {
    return field("/viewport/width", environment, flags);
  }

  private String format(Map<String, String> environment, String... flags) {
    return field("/format/type", environment, flags);
  }

  private String field(String pointer, Map<String, String> environment, String... flags) {
    String[] fixed = {"shot", "example.com", "--json", "--dry-run"};
    String[] all = Arrays.copyOf(fixed, fixed.length + flags.length);
    System.arraycopy(flags, 0, all, fixed.length, flags.length);
    Run run = prepare(environment).start(all);
    assertThat(run.exit()).isEqualTo(0);
    return run.json().at(pointer).asText();
  }

  private Run prepare(Map<String, String> environment) {
    return Run.prepare(folder, environment, "", false, Run.IMPATIENT);
  }
}
