package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.MomentConverter;
import dev.tintype.cli.command.Subcommand;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.JobQuery;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import dev.tintype.job.JobState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code list}: the jobs of the server. */
@Command(
    name = "list",
    description = "List jobs, newest first.",
    footer = {
      "  tintype list",
      "  tintype list --state failed --since 2h",
      "  tintype list --host example.com --all --json | jq -r .id",
      "  tintype cancel $(tintype list --state queued --until 1h --all --json | jq -r .id)"
    })
public final class ListCommand extends ClientCommand {
  private static final String MOMENT =
      ": a time such as 2030-01-31T18:00:00Z, or how long ago, such as 2h.";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = States.class,
      description = "Only jobs in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable String state;

  // Two names, because the longer one names the variable: TINTYPE_HOST is where a server listens,
  // and
  // the Docker image sets it.
  @Option(
      names = {"--host", "--captured-host"},
      paramLabel = "HOST",
      description = "Only captures of this host, such as example.com.")
  private @Nullable String host;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Only jobs submitted since then" + MOMENT)
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Only jobs submitted before then" + MOMENT)
  private @Nullable Instant until;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "Maximum number of jobs, 1 or more. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--all",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "List all jobs and ignore --limit.")
  private boolean isAll;

  public ListCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  /** Only the first page: the cursor of the next one is in the answer. */
  @Override
  protected List<ApiRequest> requests() {
    checkLimit();
    return List.of(ApiRequest.get(query().withPageFor(most()).path()));
  }

  @Override
  protected ExitCode work() {
    checkLimit();
    // One more shows whether there are more.
    Iterator<RemoteJob> jobs = client().jobs(query().withPageFor(most() + 1)).iterator();
    long shown = 0;
    while (shown < most() && jobs.hasNext()) {
      if (shown == 0 && !isJson()) {
        print(JobTable.HEAD);
      }
      print(jobs.next());
      shown++;
      if (isUnread()) {
        return ExitCode.DONE;
      }
    }
    if (shown == 0) {
      say("no jobs");
    } else if (jobs.hasNext()) {
      say("Older jobs exist; use --limit to list more than " + limit + ", or --all.");
    }
    return ExitCode.DONE;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(null);
  }

  private void print(RemoteJob job) {
    print(isJson() ? job.json().toString() : JobTable.line(job, InstantSource.system().instant()));
  }

  private JobQuery query() {
    return JobQuery.ALL.withState(state).withHost(host).withSince(since).withUntil(until);
  }

  private long most() {
    return isAll ? Long.MAX_VALUE - 1 : limit;
  }

  private void checkLimit() {
    if (limit < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--limit is " + limit + "; allowed: 1 or more");
    }
  }

  /** For help and completion; the server decides which states it accepts. */
  static final class States implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(JobState.values()).map(JobState::toString).iterator();
    }
  }
}
