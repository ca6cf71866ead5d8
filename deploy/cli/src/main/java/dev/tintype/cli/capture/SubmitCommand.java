package dev.tintype.cli.capture;

import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Capture;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code submit}: creates a job and does not wait. */
@Command(
    name = "submit",
    description = "Submit a capture and print the ID of its job, without waiting.",
    footer = {
      "  id=$(tintype submit example.com)",
      "  tintype wait $id && tintype get $id -o page.png",
      "  tintype submit example.com --width 390 --dry-run"
    })
public final class SubmitCommand extends CaptureCommand {
  public SubmitCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(null);
  }

  @Override
  protected ExitCode submit(Capture capture) {
    RemoteJob job = client().submit(capture);
    print(isJson() ? job.json().toString() : job.id().value());
    return ExitCode.DONE;
  }
}
