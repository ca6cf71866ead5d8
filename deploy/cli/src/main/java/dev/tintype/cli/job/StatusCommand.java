package dev.tintype.cli.job;

import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import picocli.CommandLine.Command;

/** {@code status}: how a job is now. */
@Command(
    name = "status",
    description = "Show how a job is now, and its story so far.",
    footer = {
      "  tintype status 01k5m7c0f2x8v9q3w4e5r6t7y8",
      "  tintype status 01k5m7c0f2x8v9q3w4e5r6t7y8 --json | jq .state"
    })
public final class StatusCommand extends JobCommand {
  public StatusCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected ExitCode work() {
    RemoteJob job = client().job(id());
    if (isJson()) {
      print(job.json().toString());
    } else {
      Summary.details(job).forEach(this::print);
    }
    return job.isFinal() && !job.hasSucceeded() ? ExitCode.CAPTURE_FAILED : ExitCode.DONE;
  }
}
