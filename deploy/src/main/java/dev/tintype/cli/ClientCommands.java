package dev.tintype.cli;

import dev.tintype.client.Pacing;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The client side of the command line. */
public final class ClientCommands {
  private ClientCommands() {}

  /** New commands, each to be added to the one that is the program. */
  public static List<CommandLine> all() {
    return all(Terminal.ofProcess(), Pacing.DEFAULT);
  }

  static List<CommandLine> all(Terminal terminal, Pacing pacing) {
    return Stream.of(
            new ShotCommand(terminal, pacing),
            new SubmitCommand(terminal, pacing),
            new StatusCommand(terminal, pacing),
            new WaitCommand(terminal, pacing),
            new GetCommand(terminal, pacing),
            new CancelCommand(terminal, pacing),
            new DeleteCommand(terminal, pacing))
        .map(CommandModel::of)
        .toList();
  }
}
