package dev.tintype.cli.capture;

import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Capture;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import picocli.CommandLine.Command;

/** {@code submit}: makes the job and leaves. */
@Command(
    name = "submit",
    description = "Submit a capture and print the id of its job, without waiting for it.",
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
  protected ExitCode submit(Capture capture) {
    RemoteJob job = client().submit(capture);
    print(isJson() ? job.json().toString() : job.id().value());
    return ExitCode.DONE;
  }
}
