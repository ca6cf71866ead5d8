package dev.tintype.cli.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.TintypeClient;
import dev.tintype.job.JobId;
import picocli.CommandLine.Command;

/** {@code delete}: deletes jobs and their images. */
@Command(
    name = "delete",
    description = "Delete jobs and their images. Running jobs are cancelled.",
    footer = "  tintype delete 01k5m7c0f2x8v9q3w4e5r6t7y8")
public final class DeleteCommand extends JobsCommand {
  public DeleteCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected ApiRequest request(JobId id) {
    return new ApiRequest("DELETE", "/v1/jobs/" + id, null, null);
  }

  @Override
  protected void change(TintypeClient client, JobId id) {
    client.delete(id);
    print(
        isJson()
            ? JsonNodeFactory.instance
                .objectNode()
                .put("id", id.value())
                .put("deleted", true)
                .toString()
            : id + " deleted");
  }
}
