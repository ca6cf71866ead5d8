package dev.tintype.worker.capture;

import dev.tintype.capture.Limits.OnTimeout;
import dev.tintype.job.CaptureException;
import dev.tintype.job.CaptureResult.StepTiming;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The record of a capture: its current step, the duration of each step, its warnings. */
final class Logbook {
  static final String WAIT_TIMED_OUT = "wait_timed_out";
  static final String LOAD_INCOMPLETE = "load_incomplete";
  static final String PAGE_CUT = "page_cut";
  static final String URL_CUT = "url_cut";

  private final OnTimeout onTimeout;
  private final LongSupplier nanoTime;
  private final List<StepTiming> steps = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private String step = "open";

  Logbook(OnTimeout onTimeout, LongSupplier nanoTime) {
    this.onTimeout = onTimeout;
    this.nanoTime = nanoTime;
  }

  <T> T step(String name, Supplier<T> work) {
    step = name;
    long begin = nanoTime.getAsLong();
    T result = work.get();
    steps.add(new StepTiming(name, Duration.ofNanos(nanoTime.getAsLong() - begin)));
    return result;
  }

  void step(String name, Runnable work) {
    step(
        name,
        () -> {
          work.run();
          return true;
        });
  }

  /** The step that runs or has failed. */
  String currentStep() {
    return step;
  }

  /**
   * A wait timed out and the page can be shown: a warning or a failure, as the capture asks.
   *
   * @param what as in "networkidle did not occur"
   */
  void waitTimedOut(String what, Duration limit) {
    String message = step + ": " + what + " within " + spelled(limit);
    if (onTimeout == OnTimeout.FAIL) {
      throw new CaptureException(FailureCode.TIMEOUT, message);
    }
    warn(WAIT_TIMED_OUT, message);
  }

  void warn(String code, String message) {
    warnings.add(new Warning(code, message));
  }

  List<StepTiming> steps() {
    return steps;
  }

  List<Warning> warnings() {
    return warnings;
  }

  static String spelled(Duration time) {
    return time.toMillis() < 1000
        ? time.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
