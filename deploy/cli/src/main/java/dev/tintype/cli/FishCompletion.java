package dev.tintype.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion script for fish, which picocli does not know. */
final class FishCompletion {
  private FishCompletion() {}

  /** Lines of the script. */
  static List<String> lines(CommandSpec program) {
    List<String> lines = new ArrayList<>();
    lines.add("complete -c %s -f".formatted(program.name()));
    add(lines, program.name(), program, "__fish_use_subcommand");
    return lines;
  }

  /**
   * Adds the subcommands of a command, and what they complete in turn.
   *
   * @param here condition of fish under which a subcommand is expected
   */
  private static void add(List<String> lines, String program, CommandSpec parent, String here) {
    for (CommandLine line : parent.subcommands().values()) {
      CommandSpec command = line.getCommandSpec();
      String[] description = command.usageMessage().description();
      lines.add(
          "complete -c %s -n '%s' -a %s -d '%s'"
              .formatted(
                  program,
                  here,
                  command.name(),
                  quoted(description.length == 0 ? "" : description[0])));
      String inside =
          (here.equals("__fish_use_subcommand") ? "" : here.replaceFirst("; and not .*", "; and "))
              + "__fish_seen_subcommand_from "
              + command.name();
      for (OptionSpec option : command.options()) {
        lines.add("complete -c %s -n '%s'%s".formatted(program, inside, option(option)));
      }
      if (!command.subcommands().isEmpty()) {
        String names = String.join(" ", command.subcommands().keySet());
        add(lines, program, command, inside + "; and not __fish_seen_subcommand_from " + names);
      }
    }
  }

  private static String option(OptionSpec option) {
    var text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    if (option.completionCandidates() != null) {
      String values =
          StreamSupport.stream(option.completionCandidates().spliterator(), false)
              .collect(Collectors.joining(" "));
      text.append(" -x -a '").append(quoted(values)).append("'");
    } else if (option.type() == Path.class) {
      text.append(" -r -F");
    } else if (option.arity().min() > 0) {
      text.append(" -x");
    }
    String[] description = option.description();
    if (description.length > 0) {
      // The first sentence: fish shows one line.
      String first = description[0].replaceFirst("(?s)\\. .*", ".");
      text.append(" -d '").append(quoted(first.replace("%%", "%"))).append("'");
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
