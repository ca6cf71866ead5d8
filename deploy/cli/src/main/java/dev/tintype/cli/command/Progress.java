package dev.tintype.cli.command;

import dev.tintype.client.RemoteJob;
import dev.tintype.client.WaitListener;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Tells a person how the wait goes: on a terminal one line that is redrawn and disappears at the
 * end, elsewhere one line for each change. Thread-safe: a shutdown hook closes it too.
 */
public final class Progress implements WaitListener, AutoCloseable {
  private static final String FRAMES = "|/-\\";
  private static final long FRAME_MILLIS = 120;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter err;
  private final boolean isInteractive;
  private final long begin = System.nanoTime();
  private String said = "";
  private int frame;
  private boolean closed;

  public Progress(PrintWriter err, boolean isInteractive) {
    this.err = err;
    this.isInteractive = isInteractive;
  }

  public static Progress on(ClientCommand command) {
    var progress = new Progress(command.err(), command.terminal().isInteractive());
    if (progress.isInteractive) {
      var spinner = new Thread(progress::spin, "spinner");
      spinner.setDaemon(true);
      spinner.start();
    }
    return progress;
  }

  @Override
  public void known(RemoteJob job) {
    if (!job.isFinal()) {
      say(job.attempt() == 0 ? job.state() : job.state() + ", attempt " + job.attempt());
    }
  }

  @Override
  public void trouble(String what) {
    say(what);
  }

  /** A line that stays. */
  public synchronized void note(String line) {
    err.println((isInteractive && !closed ? CLEAR_LINE : "") + Visible.line(line));
    err.flush();
  }

  private synchronized void say(String what) {
    if (closed || what.equals(said)) {
      return;
    }
    said = what;
    if (!isInteractive) {
      err.println(Visible.line(what));
      err.flush();
    }
  }

  private synchronized void spin() {
    try {
      while (!closed) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        char sign = FRAMES.charAt(frame++ % FRAMES.length());
        err.print(CLEAR_LINE + sign + " " + elapsed.toSeconds() + " s  " + Visible.line(said));
        err.flush();
        wait(FRAME_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Leaves the line empty and says no more. */
  public synchronized void end() {
    if (!closed && isInteractive) {
      err.print(CLEAR_LINE);
      err.flush();
    }
    closed = true;
    notifyAll();
  }
}
