package dev.tintype.image;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range of an image part by part, each when the one before has been taken: a slow reader
 * holds one part, not the image. Starts paused. Confined to the context that created it.
 */
public final class RangeStream implements ReadStream<Buffer> {
  private final Source source;
  private final long to;
  private long next;
  private long demand;
  private boolean reading;
  private boolean delivering;
  private boolean ended;
  private @Nullable Buffer part;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;

  /** Where the parts come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * Reads bytes.
     *
     * @param from first byte
     * @param to last byte, inclusive
     * @return fewer bytes, or none, if the image has gone
     */
    Future<Buffer> read(long from, long to);
  }

  /**
   * A stream over a range.
   *
   * @param first bytes from the beginning of the range that have been read already
   * @param to last byte, inclusive
   */
  public RangeStream(Source source, long from, long to, Buffer first) {
    this.source = source;
    this.to = to;
    this.next = from + first.length();
    this.part = first.length() == 0 ? null : first;
  }

  /** Bytes of the part that begins there. */
  public static long endOfPart(long from, long to) {
    return Math.min(to, from + ImageStore.PART_BYTES - 1);
  }

  @Override
  public RangeStream handler(@Nullable Handler<Buffer> handler) {
    this.handler = handler;
    deliver();
    return this;
  }

  @Override
  public RangeStream endHandler(@Nullable Handler<Void> handler) {
    this.endHandler = handler;
    return this;
  }

  @Override
  public RangeStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    this.exceptionHandler = handler;
    return this;
  }

  @Override
  public RangeStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public RangeStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public RangeStream fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    deliver();
    return this;
  }

  /** Handlers call back into this: the outermost call goes on. */
  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      while (demand > 0 && handler != null && !reading && !ended) {
        Buffer taken = part;
        if (taken == null) {
          read();
        } else {
          part = null;
          if (demand < Long.MAX_VALUE) {
            demand--;
          }
          handler.handle(taken);
        }
      }
    } finally {
      delivering = false;
    }
  }

  private void read() {
    if (next > to) {
      ended = true;
      if (endHandler != null) {
        endHandler.handle(null);
      }
      return;
    }
    reading = true;
    long end = endOfPart(next, to);
    source
        .read(next, end)
        .onComplete(
            bytes -> {
              reading = false;
              if (bytes.length() == end - next + 1) {
                next = end + 1;
                part = bytes;
                deliver();
              } else {
                fail(new IOException("the image was deleted while it was read"));
              }
            },
            this::fail);
  }

  private void fail(Throwable failure) {
    reading = false;
    ended = true;
    if (exceptionHandler != null) {
      exceptionHandler.handle(failure);
    }
  }
}
