package dev.tintype.server;

import static dev.tintype.testing.GeneratedTable.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.CaptureOptions;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldDocs;
import dev.tintype.cli.ClientCommands;
import dev.tintype.cli.command.EnvironmentDefaults;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.job.FailureCode;
import dev.tintype.testing.GeneratedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The tables in {@code deploy/docs} say what the code says. */
class DocsTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final List<String> PROCESSES = List.of("serve", "api", "worker", "doctor");
  // Short names and body paths, with or without a value; not routes, flags and results.
  private static final Pattern OPTION =
      Pattern.compile("`(?!result\\.)([a-z][A-Za-z.]*)(?:=[^`]*)?`");
  private static final Pattern FAILURE = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (yes|no) \\|");

  @Test
  void optionsAreThoseOfTheModel() throws IOException {
    List<String> rows =
        FieldDocs.rows(CaptureOptions.TABLE).stream()
            // The address is an argument of the commands.
            .map(row -> row.replace("`--url`", "argument"))
            .toList();
    new GeneratedTable(DOCS.resolve("options.md"), "options").assertRows(rows);
  }

  @Test
  void flagsOfProcessesAreThoseOfTheHelp() throws IOException {
    CommandLine root = Tintype.commandLine(Map.of());
    Map<String, OptionSpec> flags = new LinkedHashMap<>();
    for (String process : PROCESSES) {
      for (OptionSpec option : process(root, process).options()) {
        if (isDocumented(option)) {
          flags.putIfAbsent(option.longestName(), option);
        }
      }
    }
    List<String> rows = new ArrayList<>();
    rows.add("| flag | environment | " + String.join(" | ", PROCESSES) + " | |");
    rows.add("|---|---|" + "---|".repeat(PROCESSES.size()) + "---|");
    flags.forEach(
        (flag, option) ->
            rows.add(
                "| `%s` | `%s` | %s | %s |"
                    .formatted(
                        flag,
                        EnvironmentDefaults.variable(flag),
                        PROCESSES.stream()
                            .map(
                                process ->
                                    process(root, process).findOption(flag) == null ? "" : "x")
                            .collect(Collectors.joining(" | ")),
                        cell(description(option)))));
    new GeneratedTable(DOCS.resolve("configuration.md"), "flags").assertRows(rows);
  }

  @Test
  void commandsAreThoseOfTheHelp() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| command | |");
    rows.add("|---|---|");
    clientCommands()
        .forEach(
            (name, command) ->
                rows.add(
                    "| `tintype %s` | %s |"
                        .formatted(name, cell(command.usageMessage().description()[0]))));
    new GeneratedTable(DOCS.resolve("cli.md"), "commands").assertRows(rows);
  }

  @Test
  void flagsOfCommandsAreThoseOfTheHelp() throws IOException {
    Set<String> ofCapture =
        CaptureOptions.fields().stream()
            .flatMap(field -> field.flag().stream())
            .map(flag -> "--" + flag)
            .collect(Collectors.toSet());
    Map<String, CommandSpec> commands = clientCommands();
    Map<String, Set<String>> users = new LinkedHashMap<>();
    commands.forEach(
        (name, command) ->
            command.options().stream()
                .filter(option -> isDocumented(option) && !takesCapture(command, option, ofCapture))
                .forEach(
                    option ->
                        users
                            .computeIfAbsent(row(option), row -> new TreeSet<>())
                            .add("`" + name + "`")));
    List<String> rows = new ArrayList<>();
    rows.add("| flag | | commands |");
    rows.add("|---|---|---|");
    users.forEach(
        (row, names) ->
            rows.add(
                row
                    + " | "
                    + (names.size() > commands.size() / 2
                        ? names.size() == commands.size() ? "all" : "all but " + missing(names)
                        : String.join(", ", names))
                    + " |"));
    new GeneratedTable(DOCS.resolve("cli.md"), "flags").assertRows(rows);
  }

  @Test
  void exitCodesAreThoseOfTheCode() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| code | meaning |");
    rows.add("|---|---|");
    for (ExitCode code : ExitCode.values()) {
      rows.add("| %d | %s |".formatted(code.status(), cell(capitalized(code.meaning()) + ".")));
    }
    new GeneratedTable(DOCS.resolve("cli.md"), "exit codes").assertRows(rows);
  }

  /** The causes are written by hand; which codes there are, and which are retried, is not. */
  @Test
  void everyFailureCodeIsInTroubleshooting() throws IOException {
    Map<String, String> documented =
        FAILURE
            .matcher(Files.readString(DOCS.resolve("troubleshooting.md")))
            .results()
            .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));

    assertThat(documented)
        .isEqualTo(
            Arrays.stream(FailureCode.values())
                .collect(
                    Collectors.toMap(
                        FailureCode::toString, code -> code.isRetryable() ? "yes" : "no")));
  }

  @Test
  void readmeNamesThisVersion() throws IOException {
    Path root = Path.of("..", "..");
    String pom = Files.readString(root.resolve("pom.xml"));
    String version = pom.replaceFirst("(?s).*<revision>(.*?)</revision>.*", "$1");
    assertThat(Files.readString(root.resolve("README.md")))
        .contains("<version>" + version + "</version>");
  }

  /** What the page names works; what it says is planned does not, or the page is out of date. */
  @Test
  void migrationNamesWhatExists() throws IOException {
    Set<String> known = new HashSet<>();
    for (Field<?> field : CaptureOptions.fields()) {
      field.query().ifPresent(known::add);
      known.add(field.pointer().substring(1).replace('/', '.'));
    }
    List<String> missing = new ArrayList<>();
    List<String> arrived = new ArrayList<>();
    for (String line : Files.readAllLines(DOCS.resolve("migration.md"))) {
      String[] cells = line.split(" \\| ", -1);
      if (line.startsWith("| `") && cells.length == 3) {
        boolean planned = cells[1].startsWith("not available yet");
        for (MatchResult name : OPTION.matcher(cells[1]).results().toList()) {
          if (planned && known.contains(name.group(1))) {
            arrived.add(name.group(1));
          } else if (!planned && !known.contains(name.group(1))) {
            missing.add(name.group(1));
          }
        }
      }
    }
    assertThat(missing).as("named as working").isEmpty();
    assertThat(arrived).as("named as not available yet").isEmpty();
  }

  private static Map<String, CommandSpec> clientCommands() {
    Map<String, CommandSpec> commands = new LinkedHashMap<>();
    for (CommandLine command : ClientCommands.all()) {
      var children = command.getSubcommands().values();
      for (CommandLine each : children.isEmpty() ? List.of(command) : children) {
        String parent = each == command ? "" : command.getCommandName() + " ";
        commands.put(parent + each.getCommandName(), each.getCommandSpec());
      }
    }
    return commands;
  }

  private static String missing(Set<String> names) {
    return clientCommands().keySet().stream()
        .map(name -> "`" + name + "`")
        .filter(name -> !names.contains(name))
        .collect(Collectors.joining(", "));
  }

  private static boolean takesCapture(
      CommandSpec command, OptionSpec option, Set<String> flagsOfCapture) {
    return command.findOption("--full-page") != null
        && flagsOfCapture.contains(option.longestName());
  }

  private static boolean isDocumented(OptionSpec option) {
    return !option.usageHelp() && !option.versionHelp() && !option.hidden();
  }

  private static String row(OptionSpec option) {
    String names =
        Arrays.stream(option.names()).sorted((a, b) -> a.length() - b.length()).toList().stream()
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
    return "| " + names + " | " + cell(description(option));
  }

  private static String description(OptionSpec option) {
    String text = String.join(" ", option.description());
    return text.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))
        .replace("%%", "%")
        .replace("%n", " ");
  }

  private static CommandSpec process(CommandLine root, String command) {
    return Objects.requireNonNull(root.getSubcommands().get(command)).getCommandSpec();
  }

  private static String capitalized(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
