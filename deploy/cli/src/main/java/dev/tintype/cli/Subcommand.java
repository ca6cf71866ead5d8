package dev.tintype.cli;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command of a client. Its failures become words on standard error and an exit code. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExamples:%n",
    exitCodeListHeading = "%nExit codes:%n")
abstract class Subcommand implements Callable<Integer> {
  @Mixin final HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.

  private final Terminal terminal;

  Subcommand(Terminal terminal) {
    this.terminal = terminal;
  }

  abstract ExitCode run();

  @Override
  public final Integer call() {
    try {
      return run().status();
    } catch (CommandFailure failure) {
      failure.lines().forEach(this::say);
      return failure.exitCode().status();
    } finally {
      spec.commandLine().getOut().flush();
    }
  }

  /** What each exit code means, in the order of the codes. */
  Map<ExitCode, String> exitCodes() {
    Map<ExitCode, String> meanings = new EnumMap<>(ExitCode.class);
    for (ExitCode code : ExitCode.values()) {
      meanings.put(code, code.meaning());
    }
    return meanings;
  }

  CommandSpec spec() {
    return spec;
  }

  Terminal terminal() {
    return terminal;
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** A line of data. */
  synchronized void print(String line) {
    spec.commandLine().getOut().println(Visible.line(line));
  }

  /** Data of several lines. */
  synchronized void printText(String text) {
    text.lines().forEach(this::print);
  }

  /** Whether nobody reads the data any more, as behind {@code | head}. */
  boolean isUnread() {
    // The writer hears of no error of the stream behind it, which hears of those of the pipe.
    return spec.commandLine().getOut().checkError() || System.out.checkError();
  }

  /** A line of talk. */
  void say(String line) {
    err().println(Visible.line(line));
    err().flush();
  }
}
