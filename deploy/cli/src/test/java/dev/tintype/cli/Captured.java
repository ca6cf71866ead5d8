package dev.tintype.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;

/** A text stream that a test can read while it is written, and wait upon. */
final class Captured extends Writer {
  private final StringBuilder text = new StringBuilder();

  @Override
  public synchronized void write(char[] chars, int from, int length) {
    text.append(chars, from, length);
    notifyAll();
  }

  synchronized String text() {
    return text.toString();
  }

  synchronized void awaitText(String part) {
    long begin = System.nanoTime();
    while (text.indexOf(part) < 0) {
      Duration left = Duration.ofSeconds(20).minus(Duration.ofNanos(System.nanoTime() - begin));
      if (left.isNegative()) {
        throw new AssertionError("\"" + part + "\" was never said, only: " + text);
      }
      try {
        wait(left.toMillis() + 1);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  PrintWriter printer() {
    return new PrintWriter(this, true);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
