package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.JobIdConverter;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.ProblemException;
import dev.tintype.client.TintypeClient;
import dev.tintype.job.JobId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command for several jobs. If one is refused, the others are still processed. */
public abstract class JobsCommand extends ClientCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      converter = JobIdConverter.class,
      description = "IDs of the jobs, as printed by \"tintype submit\".")
  private @Nullable List<JobId> ids;

  protected JobsCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  protected abstract ApiRequest request(JobId id);

  /** Changes one job and prints the outcome. */
  protected abstract void change(TintypeClient client, JobId id);

  @Override
  protected final List<ApiRequest> requests() {
    return ids().stream().map(this::request).toList();
  }

  @Override
  protected final ExitCode work() {
    TintypeClient client = client();
    ExitCode worst = ExitCode.DONE;
    for (JobId id : ids()) {
      try {
        change(client, id);
      } catch (ProblemException problem) {
        CommandFailure failure = Explanation.of(problem, server());
        if (failure.exitCode() == ExitCode.SERVER_AWAY) {
          throw failure;
        }
        failure.lines().forEach(this::say);
        worst = failure.exitCode();
      } catch (CommandFailure failure) {
        failure.lines().forEach(this::say);
        worst = failure.exitCode();
      }
    }
    return worst;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(null);
  }

  private List<JobId> ids() {
    return ids == null ? List.of() : ids;
  }
}
