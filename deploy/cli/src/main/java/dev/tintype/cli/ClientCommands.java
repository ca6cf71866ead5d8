package dev.tintype.cli;

import dev.tintype.cli.batch.BatchCommand;
import dev.tintype.cli.capture.BenchCommand;
import dev.tintype.cli.capture.ShotCommand;
import dev.tintype.cli.capture.SubmitCommand;
import dev.tintype.cli.command.CommandModel;
import dev.tintype.cli.command.Terminal;
import dev.tintype.cli.job.CancelCommand;
import dev.tintype.cli.job.DeleteCommand;
import dev.tintype.cli.job.EventsCommand;
import dev.tintype.cli.job.GetCommand;
import dev.tintype.cli.job.ListCommand;
import dev.tintype.cli.job.StatusCommand;
import dev.tintype.cli.job.WaitCommand;
import dev.tintype.cli.webhook.WebhookCommand;
import dev.tintype.cli.webhook.WebhookDeliveriesCommand;
import dev.tintype.cli.webhook.WebhookEndpointsCommand;
import dev.tintype.cli.webhook.WebhookListenCommand;
import dev.tintype.cli.webhook.WebhookRedeliverCommand;
import dev.tintype.cli.webhook.WebhookSecretCommand;
import dev.tintype.cli.webhook.WebhookTestCommand;
import dev.tintype.cli.webhook.WebhookVerifyCommand;
import dev.tintype.client.Pacing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The client side of the command line. */
public final class ClientCommands {
  private ClientCommands() {}

  /** New commands, each to be added to the one that is the program. */
  public static List<CommandLine> all() {
    return all(Terminal.ofProcess(), Pacing.DEFAULT);
  }

  /**
   * A command alone, for a program that is asked for nothing else; empty if no command of that name
   * is on the client side, or if it is about all the others.
   */
  public static Optional<CommandLine> one(String name) {
    return name.equals(CompletionCommand.NAME)
        ? Optional.empty()
        : Optional.ofNullable(table(Terminal.ofProcess(), Pacing.DEFAULT).get(name))
            .map(Supplier::get);
  }

  static List<CommandLine> all(Terminal terminal, Pacing pacing) {
    return table(terminal, pacing).values().stream().map(Supplier::get).toList();
  }

  /** In the order of the help. */
  static Map<String, Supplier<CommandLine>> table(Terminal terminal, Pacing pacing) {
    Map<String, Supplier<CommandLine>> table = new LinkedHashMap<>();
    table.put("shot", () -> CommandModel.of(new ShotCommand(terminal, pacing)));
    table.put("submit", () -> CommandModel.of(new SubmitCommand(terminal, pacing)));
    table.put("status", () -> CommandModel.of(new StatusCommand(terminal, pacing)));
    table.put("wait", () -> CommandModel.of(new WaitCommand(terminal, pacing)));
    table.put("events", () -> CommandModel.of(new EventsCommand(terminal, pacing)));
    table.put("get", () -> CommandModel.of(new GetCommand(terminal, pacing)));
    table.put("list", () -> CommandModel.of(new ListCommand(terminal, pacing)));
    table.put("cancel", () -> CommandModel.of(new CancelCommand(terminal, pacing)));
    table.put("delete", () -> CommandModel.of(new DeleteCommand(terminal, pacing)));
    table.put("batch", () -> CommandModel.of(new BatchCommand(terminal, pacing)));
    table.put("bench", () -> CommandModel.of(new BenchCommand(terminal, pacing)));
    table.put("webhook", () -> webhook(terminal, pacing));
    table.put(CompletionCommand.NAME, () -> CommandModel.of(new CompletionCommand(terminal)));
    return table;
  }

  private static CommandLine webhook(Terminal terminal, Pacing pacing) {
    return new CommandLine(new WebhookCommand())
        .addSubcommand(CommandModel.of(new WebhookListenCommand(terminal)))
        .addSubcommand(CommandModel.of(new WebhookVerifyCommand(terminal)))
        .addSubcommand(CommandModel.of(new WebhookDeliveriesCommand(terminal, pacing)))
        .addSubcommand(CommandModel.of(new WebhookRedeliverCommand(terminal, pacing)))
        .addSubcommand(CommandModel.of(new WebhookTestCommand(terminal, pacing)))
        .addSubcommand(CommandModel.of(new WebhookEndpointsCommand(terminal, pacing)))
        .addSubcommand(CommandModel.of(new WebhookSecretCommand(terminal, pacing)));
  }
}
