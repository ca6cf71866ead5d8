package dev.tintype.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command with what is made from tables: the flags of a capture and the exit codes. */
public final class CommandModel {
  // EX_SOFTWARE of sysexits.h. picocli's own 1 would tell that the capture failed.
  private static final int OUR_MISTAKE = 70;

  private CommandModel() {}

  public static CommandLine of(Subcommand command) {
    var commandLine = new CommandLine(command);
    CommandSpec spec = commandLine.getCommandSpec();
    command.addOptions(spec);
    Map<String, String> exitCodes = new LinkedHashMap<>();
    command
        .exitCodes()
        .forEach((code, meaning) -> exitCodes.put(Integer.toString(code.status()), meaning));
    spec.usageMessage().exitCodeList(exitCodes);
    spec.exitCodeOnExecutionException(OUR_MISTAKE);
    return commandLine;
  }
}
