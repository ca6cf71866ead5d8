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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The client commands by name. */
public final class ClientCommands {
  private static final String WEBHOOK = "webhook";

  private ClientCommands() {}

  /** New commands, to be added to the program. */
  public static List<CommandLine> all() {
    return all(Terminal.ofProcess(), Pacing.DEFAULT);
  }

  /**
   * The one command that is asked for; empty if no client command has that name, or if it is about
   * all the others.
   */
  static Optional<CommandLine> only(String... arguments) {
    String name = arguments.length == 0 ? "" : arguments[0];
    if (name.equals(CompletionCommand.NAME)) {
      return Optional.empty();
    }
    if (name.equals(WEBHOOK)) {
      return Optional.of(webhook(arguments.length < 2 ? "" : arguments[1]));
    }
    return Optional.ofNullable(table(Terminal.ofProcess(), Pacing.DEFAULT).get(name))
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
    table.put(WEBHOOK, () -> webhook(webhooks(terminal, pacing).values()));
    table.put(CompletionCommand.NAME, () -> CommandModel.of(new CompletionCommand(terminal)));
    return table;
  }

  /** With the requested subcommand only, or with all of them if the name is unknown. */
  private static CommandLine webhook(String name) {
    Map<String, Supplier<CommandLine>> table = webhooks(Terminal.ofProcess(), Pacing.DEFAULT);
    Supplier<CommandLine> only = table.get(name);
    return webhook(only == null ? table.values() : List.of(only));
  }

  private static CommandLine webhook(Collection<Supplier<CommandLine>> subcommands) {
    var webhook = new CommandLine(new WebhookCommand());
    subcommands.forEach(subcommand -> webhook.addSubcommand(subcommand.get()));
    return webhook;
  }

  private static Map<String, Supplier<CommandLine>> webhooks(Terminal terminal, Pacing pacing) {
    Map<String, Supplier<CommandLine>> table = new LinkedHashMap<>();
    table.put("listen", () -> CommandModel.of(new WebhookListenCommand(terminal)));
    table.put("verify", () -> CommandModel.of(new WebhookVerifyCommand(terminal)));
    table.put("deliveries", () -> CommandModel.of(new WebhookDeliveriesCommand(terminal, pacing)));
    table.put("redeliver", () -> CommandModel.of(new WebhookRedeliverCommand(terminal, pacing)));
    table.put("test", () -> CommandModel.of(new WebhookTestCommand(terminal, pacing)));
    table.put("endpoints", () -> CommandModel.of(new WebhookEndpointsCommand(terminal, pacing)));
    table.put("secret", () -> CommandModel.of(new WebhookSecretCommand(terminal, pacing)));
    return table;
  }
}
