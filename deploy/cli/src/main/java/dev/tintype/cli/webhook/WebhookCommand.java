package dev.tintype.cli.webhook;

import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.HelpOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code webhook}: what a receiver of webhooks needs while it is built, and when one was down. */
@Command(
    name = "webhook",
    description = "Receive and check webhooks; see what became of them, and deliver them again.",
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
