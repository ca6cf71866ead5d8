package dev.tintype.cli.command;

/** How a client command ends. Scripts depend on the numbers: they never change their meaning. */
public enum ExitCode {
  DONE(0, "done"),
  CAPTURE_FAILED(1, "the capture failed; the message says why"),
  USAGE(2, "the command or the capture is not valid"),
  REFUSED(3, "refused, or no such job"),
  SERVER_AWAY(4, "no server answers, or it cannot do its work"),
  TIMED_OUT(5, "the time to wait is over; the job goes on");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** What the process returns to its caller. */
  public int status() {
    return status;
  }

  /** For the end of a help text. */
  public String meaning() {
    return meaning;
  }
}
