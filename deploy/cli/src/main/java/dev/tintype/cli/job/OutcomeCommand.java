package dev.tintype.cli.job;

import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteImage;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import java.util.List;

/** A command that reports how a job ended. */
public abstract class OutcomeCommand extends ClientCommand {
  protected OutcomeCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  /** Fetches the first image of a job that has succeeded, saves it and reports both. */
  public void save(TintypeClient client, RemoteJob job, ImageTarget target) {
    save(client.image(job.id()), job, first(job), target);
    List<String> others = job.images().stream().skip(1).map(RemoteImage::name).toList();
    if (!others.isEmpty()) {
      say("Further images: " + String.join(", ", others));
      say("Save one of them: " + commandFor("get", job.id()) + " --image " + others.get(0));
    }
  }

  /** Saves an image and reports it. */
  void save(byte[] bytes, RemoteJob job, RemoteImage image, ImageTarget target) {
    String place;
    try {
      place = target.save(bytes, job, image);
    } catch (CommandFailure failure) {
      throw failure.followedBy("The image is kept. Save it again: " + commandFor("get", job.id()));
    }
    List<String> lines = Summary.success(job, image);
    say(place + ": " + lines.get(0));
    lines.stream().skip(1).forEach(this::say);
    target
        .format()
        .filter(format -> !format.toString().equals(image.type()))
        .ifPresent(
            format ->
                say(
                    "warning: %s contains a %s image, although its name says %s"
                        .formatted(place, image.type(), format)));
  }

  private static RemoteImage first(RemoteJob job) {
    return job.images().stream()
        .findFirst()
        .orElseThrow(
            () -> new CommandFailure(ExitCode.SERVER_AWAY, "the server names no image of the job"));
  }

  /**
   * As {@link #conclude(RemoteJob, Runnable)}, but a page that answered with one of these statuses
   * counts as a failure. Its image is saved nevertheless.
   */
  public ExitCode conclude(RemoteJob job, StatusOptions statuses, Runnable onSuccess) {
    ExitCode code = conclude(job, onSuccess);
    if (code == ExitCode.DONE && statuses.isFailing(job)) {
      say("the page answered with HTTP " + job.text("/result/status") + " (--fail-on-status)");
      return ExitCode.CAPTURE_FAILED;
    }
    return code;
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
    say("Details: " + commandFor("status", job.id()));
    return ExitCode.CAPTURE_FAILED;
  }
}
