package dev.tintype.cli.command;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exit codes of commands that do not wait for a job. */
public final class ExitCodes {
  private ExitCodes() {}

  /**
   * Without that of a wait.
   *
   * @param failed what exit code 1 tells; null if it does not happen
   */
  public static Map<ExitCode, String> codes(@Nullable String failed) {
    Map<ExitCode, String> codes = new EnumMap<>(ExitCode.class);
    codes.put(ExitCode.DONE, ExitCode.DONE.meaning());
    if (failed != null) {
      codes.put(ExitCode.CAPTURE_FAILED, failed);
    }
    codes.put(ExitCode.USAGE, "invalid command");
    codes.put(ExitCode.REFUSED, "refused or not found");
    codes.put(ExitCode.SERVER_AWAY, ExitCode.SERVER_AWAY.meaning());
    return codes;
  }
}
