package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.DurationConverter;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.Farewell;
import dev.tintype.cli.command.JobIdConverter;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.EventListener;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteEvent;
import dev.tintype.client.ServerAwayException;
import dev.tintype.client.StillOpenException;
import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events}: follows a job, or all jobs. */
@Command(
    name = "events",
    description = {
      "Follow the events of a job, or of all jobs.",
      "",
      "Events of one job start with the past ones and end with the job; events of all jobs start now."
          + " After a lost connection, no event is missing or repeated."
    },
    footer = {
      "  tintype events 01k5m7c0f2x8v9q3w4e5r6t7y8",
      "  tintype events                                                 of all jobs, until Ctrl-C",
      "  tintype events --json | jq 'select(.event == \"failed\") | .job'"
    })
public final class EventsCommand extends ClientCommand {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      converter = JobIdConverter.class,
      description = "ID of the job, as printed by \"tintype submit\". Default: all jobs.")
  private @Nullable JobId id;

  @Option(
      names = "--wait-limit",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long to follow; the jobs continue. Default: until the job ends; for all jobs, until"
              + " Ctrl-C.")
  private Duration limit = FOR_EVER;

  public EventsCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected List<ApiRequest> requests() {
    return List.of(ApiRequest.follow(id == null ? "/v1/events" : "/v1/jobs/" + id + "/events"));
  }

  @Override
  protected ExitCode work() {
    try {
      return id == null ? followAll() : follow(id);
    } catch (UnreadException e) {
      return ExitCode.DONE;
    }
  }

  private ExitCode followAll() {
    say("following all jobs of " + server() + "; stop with Ctrl-C");
    client().events(limit, new Printer());
    return ExitCode.DONE;
  }

  private ExitCode follow(JobId job) {
    String again = "The job continues. Follow it again: " + commandFor("events", job);
    try {
      RemoteEvent last =
          Farewell.onInterrupt(() -> say(again), () -> client().events(job, limit, new Printer()));
      if (last.name().equals(TimelineEntry.Event.SUCCEEDED.toString())) {
        return ExitCode.DONE;
      }
      say("Details: " + commandFor("status", job));
      return ExitCode.CAPTURE_FAILED;
    } catch (StillOpenException | ServerAwayException failure) {
      throw Explanation.of(failure, server()).followedBy(again);
    }
  }

  private final class Printer implements EventListener {
    @Override
    public void event(RemoteEvent event) {
      print(isJson() ? event.json().toString() : Summary.entry(event.json()));
      // This also flushes.
      if (isUnread()) {
        throw new UnreadException();
      }
    }

    @Override
    public void trouble(String what) {
      say(what);
    }
  }

  /** The reader of standard output has gone. */
  private static final class UnreadException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
