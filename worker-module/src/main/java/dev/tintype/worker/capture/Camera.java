package dev.tintype.worker.capture;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.job.CaptureException;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.browser.BrowserKilledException;
import dev.tintype.worker.browser.BrowserKilledException.Reason;
import dev.tintype.worker.browser.BrowserNotStartedException;
import dev.tintype.worker.browser.BrowserVerticle;
import io.vertx.core.Future;
import java.util.function.LongSupplier;

/**
 * Takes pictures with a browser, from an event loop.
 *
 * @param nanoTime as {@link System#nanoTime}
 */
public record Camera(LongSupplier nanoTime) {

  /**
   * Takes one picture. Ends at the capture's own timeout, or a few seconds after it where the
   * browser had to be killed.
   *
   * @param browser must be idle; it is idle again some time after the picture came
   * @return fails with {@link CaptureException} if there is no picture, and with {@link
   *     BrowserKilledException} only if the caller {@link BrowserVerticle#abort aborted} it.
   *     Completes on the caller's context
   */
  public Future<CapturedPage> capture(BrowserVerticle browser, CaptureSpec spec) {
    return browser
        .run(spec.limits().timeout(), page -> Capture.of(page, spec, nanoTime))
        .recover(e -> Future.failedFuture(explained(e, spec)));
  }

  private static Throwable explained(Throwable e, CaptureSpec spec) {
    if (e instanceof CaptureException) {
      return e;
    }
    if (e instanceof BrowserKilledException killed) {
      return killed.reason() == Reason.ABORTED
          ? killed
          : new CaptureException(
              FailureCode.TIMEOUT,
              "the page kept the browser from answering beyond the "
                  + Logbook.spelled(spec.limits().timeout())
                  + " for the capture",
              e);
    }
    if (e instanceof BrowserNotStartedException) {
      return new CaptureException(
          FailureCode.BROWSER_FAILED, "the browser had died, and another did not start", e);
    }
    return new CaptureException(FailureCode.INTERNAL, "the capture could not be made", e);
  }
}
