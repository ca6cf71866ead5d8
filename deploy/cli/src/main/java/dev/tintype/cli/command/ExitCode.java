package dev.tintype.cli.command;

/** Exit codes of client commands. Scripts depend on them: they never change their meaning. */
public enum ExitCode {
  DONE(0, "done"),
  CAPTURE_FAILED(1, "the capture failed; the message says why"),
  USAGE(2, "invalid command or capture, or a file cannot be read or written"),
  REFUSED(3, "refused or not found"),
  SERVER_AWAY(4, "server unreachable or unavailable"),
  TIMED_OUT(5, "wait limit exceeded; the job continues");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** Exit status of the process. */
  public int status() {
    return status;
  }

  /** Text for the help. */
  public String meaning() {
    return meaning;
  }
}
