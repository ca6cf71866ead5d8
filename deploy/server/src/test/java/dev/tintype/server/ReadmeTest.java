package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.CaptureField;
import dev.tintype.capture.Durations;
import dev.tintype.cli.ClientCommands;
import dev.tintype.cli.command.EnvironmentDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The README's tables are those of the code. {@code -Dreadme.update=true} writes them anew. */
class ReadmeTest {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final String END = "<!-- end of the table -->";
  private static final List<String> SERVERS = List.of("serve", "api", "worker");

  @Test
  void theTableOfFieldsIsThatOfTheCode() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| body | query | flag | default | |");
    rows.add("|---|---|---|---|---|");
    for (CaptureField field : CaptureField.values()) {
      rows.add(
          "| `%s` | `%s` | %s | %s | %s %s. |"
              .formatted(
                  field.pointer().substring(1).replace('/', '.'),
                  field.flatName(),
                  field == CaptureField.URL ? "argument" : "`--" + field.flag() + "`",
                  field.defaultValue().map(ReadmeTest::spelled).orElse(""),
                  field.description(),
                  capitalized(field.allowed())));
    }
    assertThatReadmeHas("<!-- table of fields: kept equal to the code by ReadmeTest -->", rows);
  }

  @Test
  void theTableOfFlagsIsThatOfTheHelp() throws IOException {
    CommandLine root = Tintype.commandLine(Map.of());
    Map<String, OptionSpec> flags = new LinkedHashMap<>();
    for (String server : SERVERS) {
      for (OptionSpec option : server(root, server).options()) {
        if (!option.usageHelp() && !option.versionHelp()) {
          flags.putIfAbsent(option.longestName(), option);
        }
      }
    }
    List<String> rows = new ArrayList<>();
    rows.add("| flag | environment | serve | api | worker | |");
    rows.add("|---|---|---|---|---|---|");
    flags.forEach(
        (flag, option) ->
            rows.add(
                "| `%s` | `%s` | %s | %s | %s | %s |"
                    .formatted(
                        flag,
                        EnvironmentDefaults.variable(flag),
                        mark(root, "serve", flag),
                        mark(root, "api", flag),
                        mark(root, "worker", flag),
                        help(option))));
    assertThatReadmeHas("<!-- table of flags: kept equal to the code by ReadmeTest -->", rows);
  }

  @Test
  void theTableOfClientCommandsIsThatOfTheHelp() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| command | |");
    rows.add("|---|---|");
    for (CommandLine command : ClientCommands.all()) {
      var children = command.getSubcommands().values();
      for (CommandLine each : children.isEmpty() ? List.of(command) : children) {
        String name =
            (each == command ? "" : command.getCommandName() + " ") + each.getCommandName();
        String[] description = each.getCommandSpec().usageMessage().description();
        rows.add("| `tintype %s` | %s |".formatted(name, description[0]));
      }
    }
    assertThatReadmeHas("<!-- table of commands: kept equal to the code by ReadmeTest -->", rows);
  }

  private static String help(OptionSpec option) {
    String text = String.join(" ", option.description());
    return text.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
  }

  private static String mark(CommandLine root, String command, String flag) {
    return server(root, command).findOption(flag) == null ? "" : "x";
  }

  private static CommandSpec server(CommandLine root, String command) {
    return Objects.requireNonNull(root.getSubcommands().get(command)).getCommandSpec();
  }

  private static String spelled(Object value) {
    return "`" + (value instanceof Duration time ? Durations.spell(time) : value) + "`";
  }

  private static String capitalized(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static void assertThatReadmeHas(String begin, List<String> rows) throws IOException {
    String readme = Files.readString(README);
    int from = readme.indexOf(begin) + begin.length();
    int to = readme.indexOf(END, from);
    String table = "\n" + String.join("\n", rows) + "\n";
    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
      return;
    }
    assertThat(readme.substring(from, to))
        .as("run again with -Dreadme.update=true")
        .isEqualTo(table);
  }
}
