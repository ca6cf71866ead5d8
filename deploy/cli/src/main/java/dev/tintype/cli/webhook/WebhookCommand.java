package dev.tintype.cli.webhook;

import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.HelpOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code webhook}: for developers and operators of webhook receivers. */
@Command(
    name = "webhook",
    description =
        "Receive and verify webhooks; list and redeliver them; manage endpoints and secrets.",
    synopsisSubcommandLabel = "COMMAND")
public final class WebhookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.status();
  }
}
