package dev.tintype.cli.job;

import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import java.util.List;

/** A command that reports how a job ended. */
public abstract class OutcomeCommand extends ClientCommand {
  protected OutcomeCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  /** Fetches the image of a job that succeeded, and tells about both. */
  public void save(TintypeClient client, RemoteJob job, ImageTarget target) {
    String place = target.save(client.image(job.id()), job);
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
  public ExitCode conclude(RemoteJob job, Runnable onSuccess) {
    if (job.hasSucceeded()) {
      onSuccess.run();
    }
    if (isJson()) {
      print(job.json().toString());
    }
    if (job.hasSucceeded()) {
      return ExitCode.DONE;
    }
    say(Summary.failure(job));
    say("All about it: " + commandFor("status", job.id()));
    return ExitCode.CAPTURE_FAILED;
  }
}
