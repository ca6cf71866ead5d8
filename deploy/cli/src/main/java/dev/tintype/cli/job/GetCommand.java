package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import java.util.List;
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
public final class GetCommand extends JobCommand {
  @Mixin private final OutputOptions output = new OutputOptions();

  public GetCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected List<ApiRequest> requests() {
    return List.of(new ApiRequest("GET", "/v1/jobs/" + id() + "/image", null, output.file()));
  }

  @Override
  protected ExitCode work() {
    ImageTarget target = output.target(terminal());
    target.check(isJson());
    TintypeClient client = client();
    RemoteJob job = client.job(id());
    if (!job.isFinal()) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "there is no image yet, the job is " + job.state(),
          "Wait for it: " + commandFor("wait", job.id()));
    }
    return conclude(job, () -> save(client, job, target));
  }
}
