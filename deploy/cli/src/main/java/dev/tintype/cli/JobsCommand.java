package dev.tintype.cli;

import dev.tintype.client.Pacing;
import dev.tintype.client.ProblemException;
import dev.tintype.client.TintypeClient;
import dev.tintype.job.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command that does the same to several jobs; one that refuses keeps no other from it. */
abstract class JobsCommand extends ClientCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      converter = JobCommand.IdConverter.class,
      description = "The jobs, as submit prints them.")
  private @Nullable List<JobId> ids;

  JobsCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  abstract ApiRequest request(JobId id);

  /** Does it, and prints the outcome. */
  abstract void change(TintypeClient client, JobId id);

  @Override
  final List<ApiRequest> requests() {
    return ids().stream().map(this::request).toList();
  }

  @Override
  final ExitCode work() {
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
      }
    }
    return worst;
  }

  private List<JobId> ids() {
    return ids == null ? List.of() : ids;
  }
}
