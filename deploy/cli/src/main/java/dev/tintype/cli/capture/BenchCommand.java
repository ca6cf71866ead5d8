package dev.tintype.cli.capture;

import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ConcurrencyOptions;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Progress;
import dev.tintype.cli.command.Terminal;
import dev.tintype.cli.command.WaitOptions;
import dev.tintype.client.Capture;
import dev.tintype.client.InterruptedCallException;
import dev.tintype.client.Pacing;
import dev.tintype.client.ProblemException;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.StillOpenException;
import dev.tintype.client.TintypeClient;
import dev.tintype.client.TintypeException;
import dev.tintype.client.WaitListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: measures how fast a server accepts and completes jobs. */
@Command(
    name = "bench",
    description = {
      "Submit the same capture many times, wait for all jobs, and report the speed.",
      "",
      "Acceptance is measured at the client; the time from submission to end by the clock of the"
          + " server, queue included."
    },
    footer = {
      "  tintype bench example.com --jobs 200 --concurrency 32",
      "  tintype bench --html page.html --jobs 50 --json | jq .donePerSecond"
    })
public final class BenchCommand extends CaptureCommand {
  private static final int MOST_AT_ONCE = 256;

  @Option(
      names = "--jobs",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "Number of jobs, 1 to 100000. Default: ${DEFAULT-VALUE}.")
  private int jobs;

  @Mixin private final ConcurrencyOptions concurrency = new ConcurrencyOptions();
  @Mixin private final WaitOptions wait = new WaitOptions();

  public BenchCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected ExitCode submit(Capture capture) {
    if (jobs < 1 || jobs > 100_000) {
      throw new CommandFailure(ExitCode.USAGE, "--jobs is " + jobs + "; allowed: 1 to 100000");
    }
    ExecutorService threads = Executors.newFixedThreadPool(concurrency.count(MOST_AT_ONCE));
    try (Progress progress = Progress.on(this)) {
      BenchReport report = run(client(), capture, threads, progress);
      progress.end();
      if (isJson()) {
        print(report.json());
      } else {
        report.lines().forEach(this::print);
      }
      return report.isClean() ? ExitCode.DONE : ExitCode.CAPTURE_FAILED;
    } finally {
      threads.shutdownNow();
    }
  }

  private BenchReport run(
      TintypeClient client, Capture capture, ExecutorService threads, Progress progress) {
    var report = new BenchReport(jobs);
    var accepted = new AtomicInteger();
    List<Callable<List<RemoteJob>>> submissions = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      submissions.add(
          () -> {
            List<RemoteJob> job = accept(client, capture, report);
            count(progress, "accepted", accepted.incrementAndGet());
            return job;
          });
    }
    report.begin();
    List<RemoteJob> open = all(threads, submissions).stream().flatMap(List::stream).toList();
    report.allAccepted();
    var done = new AtomicInteger();
    List<Callable<Boolean>> waits = new ArrayList<>();
    for (RemoteJob job : open) {
      waits.add(
          () -> {
            finish(client, job, report);
            count(progress, "done", done.incrementAndGet());
            return true;
          });
    }
    all(threads, waits);
    return report;
  }

  /** The job; empty if the server refused it for now. */
  private static List<RemoteJob> accept(TintypeClient client, Capture capture, BenchReport report) {
    long begin = System.nanoTime();
    try {
      RemoteJob job = client.submit(capture);
      report.accepted(System.nanoTime() - begin);
      return List.of(job);
    } catch (ProblemException problem) {
      if (!problem.isPassing()) {
        throw problem;
      }
      report.failed(problem.code().isEmpty() ? "status_" + problem.status() : problem.code());
      return List.of();
    }
  }

  private void finish(TintypeClient client, RemoteJob job, BenchReport report) {
    try {
      report.done(client.await(job, wait.limit(), WaitListener.NONE));
    } catch (StillOpenException e) {
      report.failed("still_open");
    }
  }

  private void count(Progress progress, String what, int number) {
    if (terminal().isInteractive()) {
      progress.trouble(what + " " + number + "/" + jobs);
    }
  }

  private static <T> List<T> all(ExecutorService threads, List<Callable<T>> work) {
    List<T> results = new ArrayList<>();
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> each : work) {
        futures.add(threads.submit(each));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      throw new InterruptedCallException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TintypeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
