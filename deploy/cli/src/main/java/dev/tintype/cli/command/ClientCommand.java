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

/** A command that asks an API, or shows what it would ask. */
public abstract class ClientCommand extends Subcommand {
  // Two small reads of Redis every two seconds for each person who looks.
  private static final Duration WATCHED_LONG_POLL = Duration.ofSeconds(2);

  @Mixin private final ClientOptions options = new ClientOptions();

  private final Pacing pacing;

  protected ClientCommand(Terminal terminal, Pacing pacing) {
    super(terminal);
    // A person wants to see soon that the job has begun, and the API answers a wait only at its
    // end.
    this.pacing = terminal.isInteractive() ? pacing.withLongPoll(WATCHED_LONG_POLL) : pacing;
  }

  /** What it would send, in this order; the first request alone if the rest depends on it. */
  protected abstract List<ApiRequest> requests();

  /** Does what the command is for. */
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

  /** Waits for the end of a job; whoever gives up is told how to find it again. */
  public RemoteJob await(TintypeClient client, RemoteJob job, WaitOptions wait) {
    String again = "The job goes on. Find it again: " + commandFor("wait", job.id());
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
