package dev.tintype.cli.batch;

import dev.tintype.client.ProblemException;
import dev.tintype.client.RemoteJob;

/** Hears what becomes of the pages, on many threads. */
public interface BatchListener {
  /** The image is in the folder. */
  void saved(BatchPage page, RemoteJob job, String file);

  /** The job is over without an image. */
  void failed(BatchPage page, RemoteJob job);

  /** The server does not take it. */
  void refused(BatchPage page, ProblemException problem);

  /** The time to wait is over; the job goes on. */
  void open(BatchPage page, RemoteJob job);
}
