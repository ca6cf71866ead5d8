package dev.tintype.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Starts and stops the processes of a test. They end with the JVM of the test, also when that is
 * killed.
 */
public final class ChildProcess {
  // The watcher waits for the end of its input, which the JVM holds open: it ends with the JVM, and
  // with the process. Its parent is the process, for as long as that lives; afterwards the process
  // ID may belong to another one.
  private static final String WATCHED =
      """
      exec 3<&0 # The shell gives a background command an empty input.
      (
        trap '' INT TERM HUP
        read -r line
        read -r pid name state parent rest </proc/self/stat && [ "$parent" = $$ ] && kill -KILL $$
      ) <&3 3<&- >/dev/null 2>&1 &
      exec "$@" </dev/null 3<&-
      """;

  private ChildProcess() {}

  /** Starts a process without input. Its process ID is that of the command. */
  public static Process start(ProcessBuilder builder) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", WATCHED, "sh"));
    command.addAll(builder.command());
    return builder.command(command).start();
  }

  /** Sends SIGTERM. {@link Process#destroy} would also close the input, on which it is killed. */
  public static void terminate(Process process) {
    process.toHandle().destroy();
  }

  /** Asks the process to end, and kills it when it does not end within a minute. */
  public static void stop(Process process) {
    terminate(process);
    try {
      process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException late) {
      process.destroyForcibly().onExit().join();
    }
  }
}
