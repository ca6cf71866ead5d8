package dev.tintype.cli.job;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteImage;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code get}: saves the image of a finished job. */
@Command(
    name = "get",
    description = "Save the image of a finished job.",
    footer = {
      "  tintype get 01k5m7c0f2x8v9q3w4e5r6t7y8 -o page.png",
      "  tintype get 01k5m7c0f2x8v9q3w4e5r6t7y8 -o - | upload"
    })
public final class GetCommand extends JobCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to save the image. An existing file is replaced. - is standard output. The image"
              + " keeps the format that it was captured in. Default: the host of the page, with a"
              + " number if the file exists.")
  private @Nullable String output;

  @Option(
      names = "--image",
      paramLabel = "NAME",
      description = "Name of the image, for a job with several. Default: the first.")
  private @Nullable String image;

  @Mixin private final StatusOptions statuses = new StatusOptions();

  public GetCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected List<ApiRequest> requests() {
    String path = image == null ? "/image" : "/images/" + image;
    return List.of(new ApiRequest("GET", "/v1/jobs/" + id() + path, null, output));
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(ExitCode.CAPTURE_FAILED.meaning());
  }

  @Override
  protected ExitCode work() {
    var target = new ImageTarget(terminal(), output);
    target.check(isJson());
    TintypeClient client = client();
    RemoteJob job = client.job(id());
    if (!job.isFinal()) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "no image yet: the job is " + job.state(),
          "Wait for it: " + commandFor("wait", job.id()));
    }
    return conclude(job, statuses, () -> save(client, job, target));
  }

  @Override
  public void save(TintypeClient client, RemoteJob job, ImageTarget target) {
    String name = image;
    if (name == null) {
      super.save(client, job, target);
      return;
    }
    RemoteImage chosen =
        job.images().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.REFUSED,
                        "the job has no image \"" + name + "\"",
                        "Its images: "
                            + String.join(
                                ", ", job.images().stream().map(RemoteImage::name).toList())));
    save(client.image(job.id(), name), job, chosen, target);
  }
}
