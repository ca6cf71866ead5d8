package dev.tintype.cli.capture;

import dev.tintype.capture.CaptureReader;
import dev.tintype.capture.InvalidCaptureException;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldTable;
import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.Terminal;
import dev.tintype.cli.job.OutcomeCommand;
import dev.tintype.client.Capture;
import dev.tintype.client.Pacing;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** A command with the flags of a capture, which it submits or shows. */
public abstract class CaptureCommand extends OutcomeCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "URL of the page; https:// is optional. - captures the HTML on standard input.")
  private @Nullable String page;

  protected CaptureCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  /** Submits the capture and does the rest of the command. */
  protected abstract ExitCode submit(Capture capture);

  /** Sets fields that other flags imply. */
  protected void adjust(Map<Field<?>, List<String>> texts) {}

  @Override
  protected final void addOptions(CommandSpec options) {
    CaptureFlags.addTo(options);
  }

  @Override
  protected final ExitCode work() {
    // Not checked here: a newer server may allow more than this client knows.
    return submit(capture());
  }

  @Override
  protected final List<ApiRequest> requests() {
    Capture capture = capture();
    check(capture);
    return List.of(ApiRequest.submit(capture));
  }

  private Capture capture() {
    Map<Field<?>, List<String>> texts = CaptureFlags.texts(spec());
    new PageInput(terminal()).read(page, texts);
    adjust(texts);
    return Capture.of(FieldTable.body(texts));
  }

  /** Refuses an invalid capture, because a request that is shown to be copied should work. */
  public static void check(Capture capture) {
    try {
      CaptureReader.read(capture.json());
    } catch (InvalidCaptureException e) {
      throw new CommandFailure(ExitCode.USAGE, e.errors().stream().map(Explanation::line).toList());
    }
  }
}
