package dev.tintype.cli.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.Progress;
import dev.tintype.cli.job.StatusOptions;
import dev.tintype.cli.job.Summary;
import dev.tintype.client.ProblemException;
import dev.tintype.client.RemoteJob;
import java.nio.file.Path;
import java.util.List;

/** Progress of a batch: a bar on a terminal, otherwise a line for each page. */
final class BatchReport implements BatchListener {
  private static final int BAR = 30;

  private final ClientCommand command;
  private final Progress progress;
  private final StatusOptions statuses;
  private final Path folder;
  private final int all;
  private final int before;
  private final int failedBefore;
  private int saved;
  private int failed;
  private int open;
  private int errorPages;
  private boolean hasFailingStatus;

  /**
   * @param statuses of pages that count as failures
   * @param all how many pages the batch has
   * @param before how many of them an earlier run has saved
   * @param failedBefore how many have failed then, and are left alone
   */
  BatchReport(
      ClientCommand command,
      Progress progress,
      StatusOptions statuses,
      Path folder,
      int all,
      int before,
      int failedBefore) {
    this.command = command;
    this.progress = progress;
    this.statuses = statuses;
    this.folder = folder;
    this.all = all;
    this.before = before;
    this.failedBefore = failedBefore;
    this.failed = failedBefore;
    draw();
  }

  @Override
  public synchronized void saved(BatchPage page, RemoteJob job, String file) {
    saved++;
    errorPages += Summary.isError(job.text("/result/status")) ? 1 : 0;
    hasFailingStatus |= statuses.isFailing(job);
    String place = folder.resolve(file).toString();
    if (!command.terminal().isInteractive()) {
      progress.note(place + ": " + Summary.success(job).get(0));
    }
    print(entry(page, job.state()).put("file", place).set("job", job.json()));
  }

  @Override
  public synchronized void failed(BatchPage page, RemoteJob job) {
    failed++;
    progress.note(where(page) + Summary.failure(job));
    print(entry(page, job.state()).set("job", job.json()));
  }

  @Override
  public synchronized void refused(BatchPage page, ProblemException problem) {
    failed++;
    List<String> lines = Explanation.of(problem, command.server()).lines();
    progress.note(where(page) + String.join("; ", lines));
    print(
        entry(page, "refused")
            .put("code", problem.code())
            .put("message", String.valueOf(problem.getMessage())));
  }

  @Override
  public synchronized void open(BatchPage page, RemoteJob job) {
    open++;
    progress.note(where(page) + "still " + job.state() + "; job " + job.id() + " continues");
    print(entry(page, job.state()).set("job", job.json()));
  }

  /** Summary of the batch in one line. */
  synchronized String conclusion() {
    return "%d pages in %s: %d saved%s, %d saved before, %d failed%s%s"
        .formatted(
            all,
            folder,
            saved,
            errorPages == 0 ? "" : " (" + errorPages + " answered with HTTP 4xx or 5xx)",
            before,
            failed,
            open == 0 ? "" : ", " + open + " still open",
            failedBefore == 0
                ? ""
                : " (" + failedBefore + " in an earlier run; --retry-failed captures them again)");
  }

  synchronized ExitCode exitCode() {
    if (failed > 0 || hasFailingStatus) {
      return ExitCode.CAPTURE_FAILED;
    }
    return open > 0 ? ExitCode.TIMED_OUT : ExitCode.DONE;
  }

  private void print(ObjectNode entry) {
    if (command.isJson()) {
      command.print(entry.toString());
    }
    draw();
  }

  private void draw() {
    if (command.terminal().isInteractive()) {
      int done = before + saved + failed + open;
      int filled = all == 0 ? BAR : BAR * done / all;
      progress.trouble(
          "[%s%s] %d/%d%s"
              .formatted(
                  "#".repeat(filled),
                  "-".repeat(BAR - filled),
                  done,
                  all,
                  failed == 0 ? "" : ", " + failed + " failed"));
    }
  }

  private static String where(BatchPage page) {
    return "line " + page.line() + ", " + page.title() + ": ";
  }

  private static ObjectNode entry(BatchPage page, String state) {
    return JsonNodeFactory.instance.objectNode().put("line", page.line()).put("state", state);
  }
}
