package dev.tintype.cli;

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
final class SubmitCommand extends CaptureCommand {
  SubmitCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  ExitCode submit(String body) {
    RemoteJob job = api().submit(body);
    print(options().json ? job.json().toString() : job.id());
    return ExitCode.DONE;
  }
}
