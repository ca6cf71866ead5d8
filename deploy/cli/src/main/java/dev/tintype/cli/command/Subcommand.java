package dev.tintype.cli.command;

import java.io.IOException;
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
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExamples:%n",
    exitCodeListHeading = "%nExit codes:%n")
public abstract class Subcommand implements Callable<Integer> {
  /** What a flag without a value takes. */
  public static final String YES_OR_NO = "true|false";

  @Mixin final HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.

  private final Terminal terminal;

  protected Subcommand(Terminal terminal) {
    this.terminal = terminal;
  }

  protected abstract ExitCode run();

  @Override
  public final Integer call() {
    try {
      ExitCode exitCode = run();
      checkOutput();
      return exitCode.status();
    } catch (CommandFailure failure) {
      failure.lines().forEach(this::say);
      return failure.exitCode().status();
    } finally {
      spec.commandLine().getOut().flush();
    }
  }

  /** Data that could not be written must not look like success. */
  private void checkOutput() {
    if (!isUnread()) {
      return;
    }
    try {
      // Writers keep the error of a stream to themselves; the stream itself names it.
      terminal.out().write('\n');
      terminal.out().flush();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
        return; // A reader that has seen enough, such as head.
      }
      throw new CommandFailure(
          ExitCode.USAGE, "cannot write standard output: " + FileErrors.reason(e));
    }
    throw new CommandFailure(ExitCode.USAGE, "cannot write standard output");
  }

  /** Adds the options that are made from a table. */
  protected void addOptions(CommandSpec options) {}

  /** What each exit code means, in the order of the codes. */
  protected Map<ExitCode, String> exitCodes() {
    Map<ExitCode, String> meanings = new EnumMap<>(ExitCode.class);
    for (ExitCode code : ExitCode.values()) {
      meanings.put(code, code.meaning());
    }
    return meanings;
  }

  public CommandSpec spec() {
    return spec;
  }

  public Terminal terminal() {
    return terminal;
  }

  public PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** A line of data. */
  public synchronized void print(String line) {
    spec.commandLine().getOut().println(Visible.line(line));
  }

  /** Data of several lines. */
  public synchronized void printText(String text) {
    text.lines().forEach(this::print);
  }

  /** Whether nobody reads the data any more, as behind {@code | head}. */
  public boolean isUnread() {
    // The writer hears of no error of the stream behind it, which hears of those of the pipe.
    return spec.commandLine().getOut().checkError() || System.out.checkError();
  }

  /** A line of talk. */
  public void say(String line) {
    err().println(Visible.line(line));
    err().flush();
  }
}
