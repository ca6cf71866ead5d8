package dev.tintype.cli;

import dev.tintype.job.JobId;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks an API. Its failures become words on standard error and an exit code. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExamples:%n",
    exitCodeListHeading = "%nExit codes:%n")
abstract class ClientCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();
  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.

  private final Terminal terminal;
  private final Pacing pacing;

  ClientCommand(Terminal terminal, Pacing pacing) {
    this.terminal = terminal;
    // A person wants to see soon that the job has begun, and the API answers a wait only at its
    // end.
    this.pacing = terminal.isInteractive() ? pacing.withLongPoll(Pacing.WATCHED_LONG_POLL) : pacing;
  }

  abstract ExitCode run();

  @Override
  public final Integer call() {
    try {
      return run().status();
    } catch (CommandFailure failure) {
      failure.lines().forEach(this::say);
      return failure.exitCode().status();
    } finally {
      spec.commandLine().getOut().flush();
    }
  }

  ClientOptions options() {
    return options;
  }

  CommandSpec spec() {
    return spec;
  }

  Terminal terminal() {
    return terminal;
  }

  ApiClient api() {
    return new ApiClient(options.server, pacing);
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** A line of data. */
  void print(String line) {
    spec.commandLine().getOut().println(line);
  }

  /** A line of talk. */
  void say(String line) {
    err().println(line);
    err().flush();
  }

  /** Waits for the end of a job; whoever gives up is told how to find it again. */
  RemoteJob await(ApiClient api, RemoteJob job, WaitOptions wait) {
    String again = "The job goes on. Find it again: " + commandFor("wait", job.id());
    try (var progress = Progress.on(this)) {
      return Farewell.onInterrupt(
          () -> {
            progress.end();
            say(again);
          },
          () -> new JobWatch(api, progress, pacing, wait.limit).await(job));
    } catch (CommandFailure failure) {
      if (failure.exitCode() == ExitCode.TIMED_OUT || failure.exitCode() == ExitCode.SERVER_AWAY) {
        throw failure.followedBy(again);
      }
      throw failure;
    }
  }

  /** Fetches the image of a job that succeeded, and tells about both. */
  void save(ApiClient api, RemoteJob job, ImageTarget target) {
    String place = target.save(api.image(new JobId(job.id())), job);
    List<String> lines = Summary.success(job);
    say(place + ": " + lines.get(0));
    lines.stream().skip(1).forEach(this::say);
  }

  /**
   * Tells how a job that is over has ended.
   *
   * @param onSuccess what is to be done before the job is printed, so that whoever reads it finds
   *     everything in its place
   */
  ExitCode conclude(RemoteJob job, Runnable onSuccess) {
    if (job.hasSucceeded()) {
      onSuccess.run();
    }
    if (options.json) {
      print(job.json().toString());
    }
    if (job.hasSucceeded()) {
      return ExitCode.DONE;
    }
    say(Summary.failure(job));
    say("All about it: " + commandFor("status", job.id()));
    return ExitCode.CAPTURE_FAILED;
  }

  /** A command to copy, for the same server as this one. */
  String commandFor(String name, String id) {
    String command = "tintype " + name + " " + id;
    return options.server.isDefault()
        ? command
        : command + " --server " + ShellWord.of(options.server.toString());
  }
}
