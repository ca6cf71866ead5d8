package dev.tintype.cli.job;

import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code status}: state and timeline of a job. */
@Command(
    name = "status",
    description = "Show the state and timeline of a job.",
    footer = {
      "  tintype status 01k5m7c0f2x8v9q3w4e5r6t7y8",
      "  tintype status 01k5m7c0f2x8v9q3w4e5r6t7y8 --json | jq .state"
    })
public final class StatusCommand extends JobCommand {
  public StatusCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(ExitCode.CAPTURE_FAILED.meaning());
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
