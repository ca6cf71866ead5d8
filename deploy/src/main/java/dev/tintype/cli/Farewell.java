package dev.tintype.cli;

import java.util.function.Supplier;

/** Last words of a process that is told to end in the middle of something. */
final class Farewell {
  private Farewell() {}

  /** Does the work, and says the words if the process is interrupted meanwhile. */
  static <T> T onInterrupt(Runnable words, Supplier<T> work) {
    var hook = new Thread(words, "farewell");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending already, and the words are being said.
      }
    }
  }
}
