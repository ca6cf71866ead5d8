package dev.tintype.worker.capture;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.job.CaptureException;
import io.vertx.core.Future;

/**
 * Captures pages, one at a time. This is the seam between jobs and browsers: the worker knows
 * nothing else of how an image comes about.
 *
 * <p>Call it on one event loop; futures complete there.
 */
public interface Photographer {
  /** For the log. */
  String name();

  /** Whether a capture would begin at once. */
  boolean isIdle();

  /** Completes when a capture would begin at once. */
  Future<Void> idle();

  /**
   * Captures one page. Ends within the capture's own timeout, or a few seconds later if the browser
   * had to be killed. The photographer becomes {@link #idle} some time after the image is there.
   *
   * @return fails with {@link CaptureException} if there is no image, and with anything else if the
   *     capture was {@link #abort aborted}
   */
  Future<CapturedPage> capture(CaptureSpec spec);

  /**
   * Ends the running capture at once. Does nothing while none runs.
   *
   * @param reason for the log
   */
  void abort(String reason);

  /**
   * Takes no further capture, and ends the browser as soon as the running capture is over. Abort
   * that one first, or afterwards, to end at once.
   */
  Future<Void> close();
}
