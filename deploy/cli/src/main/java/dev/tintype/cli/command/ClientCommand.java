package dev.tintype.cli.command;

import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.ServerAddress;
import dev.tintype.client.ServerAwayException;
import dev.tintype.client.StillOpenException;
import dev.tintype.client.TintypeClient;
import dev.tintype.client.TintypeException;
import dev.tintype.job.JobId;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that sends requests to a server, or shows them. */
public abstract class ClientCommand extends Subcommand {
  // Costs two small reads of Redis every two seconds for each waiting terminal.
  private static final Duration WATCHED_LONG_POLL = Duration.ofSeconds(2);

  @Mixin private final ClientOptions options = new ClientOptions();

  private final Pacing pacing;

  protected ClientCommand(Terminal terminal, Pacing pacing) {
    super(terminal);
    // A person wants to see soon that the job has started, and the API answers a long poll only at
    // its end.
    this.pacing = terminal.isInteractive() ? pacing.withLongPoll(WATCHED_LONG_POLL) : pacing;
  }

  /**
   * Requests that the command would send, in order; only the first if others depend on its answer.
   */
  protected abstract List<ApiRequest> requests();

  /** Runs the command. */
  protected abstract ExitCode work();

  @Override
  protected final ExitCode run() {
    if (options.preview.isAsked()) {
      requests().forEach(this::show);
      return ExitCode.DONE;
    }
    try {
      return work();
    } catch (TintypeException failure) {
      throw Explanation.of(failure, server());
    }
  }

  /** Whether the data is for programs. */
  public boolean isJson() {
    return options.json;
  }

  public ServerAddress server() {
    return options.server;
  }

  public Pacing pacing() {
    return pacing;
  }

  public TintypeClient client() {
    return client(pacing);
  }

  public TintypeClient client(Pacing pacing) {
    return TintypeClient.builder().server(server()).pacing(pacing).build();
  }

  /** Waits for the end of a job. If that is given up, prints how to find the job again. */
  public RemoteJob await(TintypeClient client, RemoteJob job, WaitOptions wait) {
    String again = "The job continues. Find it again: " + commandFor("wait", job.id());
    try (Progress progress = Progress.on(this)) {
      return Farewell.onInterrupt(
          () -> {
            progress.end();
            say(again);
          },
          () -> client.await(job, wait.limit(), progress));
    } catch (StillOpenException | ServerAwayException failure) {
      throw Explanation.of(failure, server()).followedBy(again);
    }
  }

  /** A command to copy, for the same server as this one. */
  public String commandFor(String name, JobId id) {
    String command = "tintype " + name + " " + id;
    return server().equals(ServerAddress.DEFAULT)
        ? command
        : command + " --server " + ShellWord.of(server().toString());
  }

  private void show(ApiRequest request) {
    printText(
        options.preview.isCurl
            ? CurlCommand.of(server(), request)
            : options.json ? request.json(server()) : request.text(server()));
  }
}
