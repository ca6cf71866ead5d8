package dev.tintype.cli.command;

import java.util.List;
import java.util.stream.Stream;

/** Ends a command early, with what is to be said about it on standard error. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;
  private final transient List<String> lines;

  public CommandFailure(ExitCode exitCode, String... lines) {
    this(exitCode, List.of(lines));
  }

  public CommandFailure(ExitCode exitCode, List<String> lines) {
    super(String.join("; ", lines));
    this.exitCode = exitCode;
    this.lines = List.copyOf(lines);
  }

  public CommandFailure followedBy(String line) {
    return new CommandFailure(exitCode, Stream.concat(lines.stream(), Stream.of(line)).toList());
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public List<String> lines() {
    return lines;
  }
}
