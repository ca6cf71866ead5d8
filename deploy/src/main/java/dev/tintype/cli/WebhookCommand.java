package dev.tintype.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code webhook}: what a receiver of webhooks needs while it is built. */
@Command(
    name = "webhook",
    description = "Receive webhooks on this machine, or check one that came.",
    synopsisSubcommandLabel = "COMMAND")
final class WebhookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.status();
  }
}
