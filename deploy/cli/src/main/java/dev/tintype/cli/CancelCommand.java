package dev.tintype.cli;

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
final class CancelCommand extends JobsCommand {
  CancelCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  ApiRequest request(JobId id) {
    return new ApiRequest("POST", "/v1/jobs/" + id + "/cancel", null, null);
  }

  @Override
  void change(TintypeClient client, JobId id) {
    RemoteJob job = client.cancel(id);
    print(options().json ? job.json().toString() : id + " " + job.state());
  }
}
