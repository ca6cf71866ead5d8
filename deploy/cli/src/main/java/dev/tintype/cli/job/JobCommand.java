package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.JobIdConverter;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.job.JobId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command about one job that exists. */
public abstract class JobCommand extends OutcomeCommand {
  @Parameters(
      paramLabel = "ID",
      converter = JobIdConverter.class,
      description = "ID of the job, as printed by \"tintype submit\".")
  private @Nullable JobId id;

  protected JobCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  /** To look at it; what most of these commands begin with. */
  @Override
  protected List<ApiRequest> requests() {
    return List.of(ApiRequest.get("/v1/jobs/" + id()));
  }

  public JobId id() {
    return Objects.requireNonNull(id, "picocli refuses a command without it");
  }
}
