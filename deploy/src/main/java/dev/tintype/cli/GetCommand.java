package dev.tintype.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code get}: saves the image of a job that is over. */
@Command(
    name = "get",
    description = "Save the image of a job that is over.",
    footer = {
      "  tintype get 01k5m7c0f2x8v9q3w4e5r6t7y8 -o page.png",
      "  tintype get 01k5m7c0f2x8v9q3w4e5r6t7y8 -o - | upload"
    })
final class GetCommand extends JobCommand {
  @Mixin private final OutputOptions output = new OutputOptions();

  GetCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  ExitCode run() {
    ImageTarget target = output.target(terminal());
    target.check(options().json);
    ApiClient api = api();
    RemoteJob job = api.job(id());
    if (!job.isFinal()) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "there is no image yet, the job is " + job.state(),
          "Wait for it: " + commandFor("wait", job.id()));
    }
    return conclude(job, () -> save(api, job, target));
  }
}
