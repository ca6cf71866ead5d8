package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.ProblemException;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import dev.tintype.job.JobId;
import picocli.CommandLine.Command;

/** {@code cancel}: ends jobs that are not finished. */
@Command(
    name = "cancel",
    description = "Cancel jobs that are scheduled, queued or running.",
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
    RemoteJob job;
    try {
      job = client.cancel(id);
    } catch (ProblemException problem) {
      if (problem.code().equals("job_finished")) {
        throw new CommandFailure(
            ExitCode.REFUSED,
            "job " + id + " has already " + ended(client.job(id).state()) + "; nothing to cancel");
      }
      throw problem;
    }
    print(isJson() ? job.json().toString() : id + " " + job.state());
  }

  private static String ended(String state) {
    return state.equals("cancelled") ? "been cancelled" : state;
  }
}
