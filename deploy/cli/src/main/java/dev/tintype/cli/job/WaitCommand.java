package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Terminal;
import dev.tintype.cli.command.WaitOptions;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wait}: returns when a job has ended. */
@Command(
    name = "wait",
    description = "Wait until a job ends.",
    footer = {
      "  tintype wait 01k5m7c0f2x8v9q3w4e5r6t7y8 --wait-limit 30s",
      "  tintype wait $id && tintype get $id -o page.png"
    })
public final class WaitCommand extends JobCommand {
  @Mixin private final WaitOptions wait = new WaitOptions();
  @Mixin private final StatusOptions statuses = new StatusOptions();

  public WaitCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected List<ApiRequest> requests() {
    return List.of(ApiRequest.get("/v1/jobs/" + id() + "?wait=" + pacing().longPoll().toSeconds()));
  }

  @Override
  protected ExitCode work() {
    TintypeClient client = client();
    RemoteJob job = await(client, client.job(id()), wait);
    return conclude(
        job,
        statuses,
        () -> {
          Summary.success(job).forEach(this::say);
          say("Save the image: " + commandFor("get", job.id()));
        });
  }
}
