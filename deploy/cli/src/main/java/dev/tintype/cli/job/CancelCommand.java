package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import dev.tintype.job.JobId;
import picocli.CommandLine.Command;

/** {@code cancel}: ends jobs that are open. */
@Command(
    name = "cancel",
    description = "End jobs that are scheduled, queued or running.",
    footer = {"  tintype cancel 01k5m7c0f2x8v9q3w4e5r6t7y8", "  tintype cancel $(cat ids.txt)"})
public final class CancelCommand extends JobsCommand {
  public CancelCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected ApiRequest request(JobId id) {
    return new ApiRequest("POST", "/v1/jobs/" + id + "/cancel", null, null);
  }

  @Override
  protected void change(TintypeClient client, JobId id) {
    RemoteJob job = client.cancel(id);
    print(isJson() ? job.json().toString() : id + " " + job.state());
  }
}
