package dev.tintype.cli.command;

/** Message of a process that is interrupted in the middle of something. */
public final class Farewell {
  private Farewell() {}

  /** What may be interrupted. */
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Does the work, and says the words if the process is interrupted meanwhile. */
  public static <T, E extends Exception> T onInterrupt(Runnable words, Work<T, E> work) throws E {
    var hook = new Thread(words, "farewell");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.run();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending already, and the words are being said.
      }
    }
  }
}
