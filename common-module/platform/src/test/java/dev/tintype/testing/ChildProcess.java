package dev.tintype.testing;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Ends processes that a test started. */
public final class ChildProcess {
  private ChildProcess() {}

  /** Asks the process to end, and makes it end when it does not within a minute. */
  public static void stop(Process process) {
    process.destroy();
    try {
      process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException late) {
      process.destroyForcibly().onExit().join();
    }
  }
}
