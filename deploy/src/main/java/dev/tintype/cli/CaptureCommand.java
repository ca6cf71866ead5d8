package dev.tintype.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.request.CaptureField;
import dev.tintype.request.CaptureReader;
import dev.tintype.request.InvalidCaptureException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that describes a capture, to have it made or to show how that would be done. */
abstract class CaptureCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description =
          "Address of the page; https:// may be left out. - reads the page itself from standard"
              + " input.")
  private @Nullable String page;

  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = CaptureFlags.YES_OR_NO,
      description = "Print the request instead of sending it.")
  private boolean isDryRun;

  @Option(
      names = "--curl",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = CaptureFlags.YES_OR_NO,
      description = "Print the curl command that would submit the capture.")
  private boolean isCurl;

  CaptureCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  /** Makes a job of the capture and does with it what the command is for. */
  abstract ExitCode submit(String body);

  /** Changes the fields as other flags imply it. */
  void adjust(Map<CaptureField, String> texts) {}

  @Override
  final ExitCode run() {
    Map<CaptureField, String> texts = CaptureFlags.texts(spec());
    new PageInput(terminal()).read(page, texts);
    adjust(texts);
    ObjectNode body = CaptureReader.body(texts);
    if (!isCurl && !isDryRun) {
      // Not checked here: a newer server may allow more than this client knows of.
      return submit(body.toString());
    }
    check(body);
    print(isCurl ? CurlCommand.of(options().server, body.toString()) : request(body));
    return ExitCode.DONE;
  }

  private String request(ObjectNode body) {
    return options().json
        ? body.toString()
        : "POST "
            + options().server.resolve("/v1/jobs")
            + "\nContent-Type: application/json\n\n"
            + body.toPrettyString();
  }

  private static void check(ObjectNode body) {
    try {
      CaptureReader.read(body);
    } catch (InvalidCaptureException e) {
      throw new CommandFailure(ExitCode.USAGE, e.errors().stream().map(Problem::line).toList());
    }
  }
}
