package dev.tintype.cli.batch;

import dev.tintype.client.InterruptedCallException;
import dev.tintype.client.ProblemException;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.StillOpenException;
import dev.tintype.client.TintypeClient;
import dev.tintype.client.WaitListener;
import dev.tintype.job.JobId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Captures pages side by side, each on one thread from its submission to its file. */
public final class BatchRun {
  /** How the journal calls a job that the server no longer knows. */
  static final String LOST = "lost";

  private static final Set<String> FORGOTTEN = Set.of("job_not_found", "job_gone", "image_gone");
  // A server that forgets faster than it is asked will not do better the next time.
  private static final int MOST_LOSSES = 3;

  private final TintypeClient client;
  private final PageSubmission submission;
  private final Journal journal;
  private final Path folder;
  private final Duration limit;
  private final BatchListener listener;

  /**
   * @param folder where the images and their journal are
   * @param limit how long to wait for one job
   */
  public BatchRun(
      TintypeClient client, Journal journal, Path folder, Duration limit, BatchListener listener) {
    this.client = client;
    this.submission = new PageSubmission(client);
    this.journal = journal;
    this.folder = folder;
    this.limit = limit;
    this.listener = listener;
  }

  /**
   * Captures the pages, in their order as far as that is possible. Blocks.
   *
   * @param open how many jobs are open at once
   * @throws dev.tintype.client.TintypeException if the server is away or cannot do its work
   * @throws IOException if the folder cannot be written to
   */
  public void run(List<BatchPage> pages, int open) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(open, pages.size())));
    try {
      CompletionService<@Nullable Void> ends = new ExecutorCompletionService<>(threads);
      for (BatchPage page : pages) {
        Callable<@Nullable Void> work =
            () -> {
              capture(page);
              return null;
            };
        ends.submit(work);
      }
      for (int i = 0; i < pages.size(); i++) {
        ends.take().get();
      }
    } catch (InterruptedException e) {
      throw new InterruptedCallException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void capture(BatchPage page) throws IOException {
    for (int losses = 0; ; losses++) {
      try {
        follow(page, find(page));
        return;
      } catch (StillOpenException e) {
        listener.open(page, e.job());
        return;
      } catch (ProblemException problem) {
        if (problem.isPassing()) {
          throw problem;
        }
        if (!FORGOTTEN.contains(problem.code()) || losses >= MOST_LOSSES) {
          listener.refused(page, problem);
          return;
        }
        journal.ended(page, LOST);
      }
    }
  }

  private RemoteJob find(BatchPage page) throws IOException {
    Standing standing = journal.standing(page);
    JobId known = standing.job();
    if (known != null) {
      return client.job(known);
    }
    RemoteJob job = submission.submit(page, standing.rounds());
    journal.submitted(page, job.id());
    return job;
  }

  private void follow(BatchPage page, RemoteJob begun) throws IOException {
    RemoteJob job = client.await(begun, limit, WaitListener.NONE);
    if (!job.hasSucceeded()) {
      journal.ended(page, job.state());
      listener.failed(page, job);
      return;
    }
    String file = page.name() + job.extension();
    client.image(job.id(), folder.resolve(file));
    journal.saved(page, file);
    listener.saved(page, job, file);
  }
}
