package dev.tintype.cli;

import dev.tintype.client.Pacing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
    List<CommandLine> commands =
        Stream.of(
                new ShotCommand(terminal, pacing),
                new SubmitCommand(terminal, pacing),
                new StatusCommand(terminal, pacing),
                new WaitCommand(terminal, pacing),
                new GetCommand(terminal, pacing),
                new CancelCommand(terminal, pacing),
                new DeleteCommand(terminal, pacing),
                new BatchCommand(terminal, pacing),
                new BenchCommand(terminal, pacing),
                new CompletionCommand(terminal))
            .map(CommandModel::of)
            .collect(Collectors.toCollection(ArrayList::new));
    var webhook = new CommandLine(new WebhookCommand());
    webhook.addSubcommand(CommandModel.of(new WebhookListenCommand(terminal)));
    webhook.addSubcommand(CommandModel.of(new WebhookVerifyCommand(terminal)));
    commands.add(webhook);
    return commands;
  }
}
