package dev.tintype.cli.batch;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldTable;
import dev.tintype.cli.capture.CaptureCommand;
import dev.tintype.cli.capture.CaptureFlags;
import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ConcurrencyOptions;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.Farewell;
import dev.tintype.cli.command.FileErrors;
import dev.tintype.cli.command.Progress;
import dev.tintype.cli.command.Subcommand;
import dev.tintype.cli.command.Terminal;
import dev.tintype.cli.command.WaitOptions;
import dev.tintype.cli.job.StatusOptions;
import dev.tintype.client.Capture;
import dev.tintype.client.Pacing;
import dev.tintype.client.TintypeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batch}: captures a list of pages into a folder. */
@Command(
    name = "batch",
    description = {
      "Capture every page of a list into a folder.",
      "",
      "After an interruption, run the same command again: it continues, and every page is captured"
          + " once. Its journal is DIR/"
          + Journal.FILE
          + "."
    },
    footer = {
      "  tintype batch urls.txt -o shots --full-page",
      "  jq -c '{url: .link, format: {type: \"webp\"}}' links.ndjson | tintype batch - -o shots"
    })
public final class BatchCommand extends ClientCommand {
  private static final int MOST_OPEN = 256;
  private static final String AGAIN = "Run the same command again to continue.";

  @Parameters(
      paramLabel = "FILE",
      description =
          "List of pages: each line is a URL or a capture as JSON. Empty lines and lines that start"
              + " with # are skipped. - is standard input.")
  private String file = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for the images; created if missing. Files are named after the URLs.")
  private String output = "";

  @Mixin private final ConcurrencyOptions concurrency = new ConcurrencyOptions();

  @Option(
      names = "--retry-failed",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Capture pages again that failed in an earlier run.")
  private boolean isRetryingFailed;

  @Mixin private final WaitOptions wait = new WaitOptions();
  @Mixin private final StatusOptions statuses = new StatusOptions();

  public BatchCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected void addOptions(CommandSpec options) {
    CaptureFlags.addSharedTo(options);
  }

  @Override
  protected List<ApiRequest> requests() {
    List<BatchLine> lines = lines();
    lines.forEach(line -> CaptureCommand.check(line.capture()));
    return lines.stream().map(line -> ApiRequest.submit(line.capture())).toList();
  }

  @Override
  protected ExitCode work() {
    List<BatchLine> lines = lines();
    Path folder = folder();
    try (Journal journal = Journal.open(folder)) {
      return work(journal, folder, lines);
    } catch (FolderInUseException e) {
      throw new CommandFailure(ExitCode.USAGE, "-o: " + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "-o: cannot write " + FileErrors.message(output, e));
    }
  }

  private ExitCode work(Journal journal, Path folder, List<BatchLine> lines) throws IOException {
    List<BatchPage> pages = journal.plan(lines);
    List<BatchPage> left =
        pages.stream().filter(page -> isLeft(folder, journal.standing(page))).toList();
    try (Progress progress = Progress.on(this)) {
      int failed =
          isRetryingFailed
              ? 0
              : (int) pages.stream().filter(page -> journal.standing(page).hasFailed()).count();
      int before = pages.size() - left.size() - failed;
      var report =
          new BatchReport(this, progress, statuses, shown(folder), pages.size(), before, failed);
      var client = client(pacing().withContactTries(Pacing.PERSISTENT));
      var batch = new BatchRun(client, journal, folder, wait.limit(), report);
      return Farewell.onInterrupt(
          () -> {
            progress.end();
            say(AGAIN);
          },
          () -> {
            batch.run(left, concurrency.count(MOST_OPEN));
            progress.end();
            say(report.conclusion());
            return report.exitCode();
          });
    } catch (TintypeException failure) {
      throw Explanation.of(failure, server()).followedBy(AGAIN);
    }
  }

  private boolean isLeft(Path folder, Standing standing) {
    if (standing.hasFailed()) {
      return isRetryingFailed;
    }
    // Fetch an image again that was removed from the folder.
    return standing.file() == null || !Files.exists(folder.resolve(standing.file()));
  }

  private List<BatchLine> lines() {
    Map<Field<?>, List<String>> texts = CaptureFlags.texts(spec());
    return new BatchInput(terminal(), Capture.of(FieldTable.body(texts))).read(file);
  }

  private Path folder() {
    Path folder = terminal().folder().resolve(output);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "-o: cannot create the folder " + FileErrors.message(output, e));
    }
  }

  /** The folder as the user gave it. */
  private Path shown(Path folder) {
    return Path.of(output).isAbsolute() ? folder : Path.of(output);
  }
}
