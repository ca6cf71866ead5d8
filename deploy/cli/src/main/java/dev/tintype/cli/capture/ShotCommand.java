package dev.tintype.cli.capture;

import dev.tintype.capture.Format;
import dev.tintype.capture.field.Field;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.Terminal;
import dev.tintype.cli.command.WaitOptions;
import dev.tintype.cli.job.ImageTarget;
import dev.tintype.cli.job.OutputOptions;
import dev.tintype.cli.job.StatusOptions;
import dev.tintype.client.Capture;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code shot}: from the URL to the file in one command. */
@Command(
    name = "shot",
    description = {
      "Take a screenshot: submit a capture, wait for it, save the image.",
      "",
      "The extension of the output file chooses the format, unless --format does."
    },
    footer = {
      "  tintype shot example.com                          saves example.com.png",
      "  tintype shot example.com -o page.webp --full-page",
      "  tintype shot --html page.html -o page.png",
      "  render-page | tintype shot - -o - | upload        from a pipe into a pipe"
    })
public final class ShotCommand extends CaptureCommand {
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WaitOptions wait = new WaitOptions();
  @Mixin private final StatusOptions statuses = new StatusOptions();

  public ShotCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected void adjust(Map<Field<?>, List<String>> texts) {
    boolean isGiven =
        spec().commandLine().getParseResult().hasMatchedOption(Explanation.name(Format.TYPE));
    // The name of the output file takes precedence over the environment, as every flag does.
    if (!isGiven) {
      target().format().ifPresent(format -> texts.put(Format.TYPE, List.of(format.toString())));
    }
  }

  @Override
  protected ExitCode submit(Capture capture) {
    ImageTarget target = target();
    target.check(isJson());
    TintypeClient client = client();
    RemoteJob job = await(client, client.submit(capture), wait);
    return conclude(job, statuses, () -> save(client, job, target));
  }

  private ImageTarget target() {
    return output.target(terminal());
  }
}
