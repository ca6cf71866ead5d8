package dev.tintype.testing;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A stream of given buffers that emits exactly as many as are asked for, and then may fail. */
public final class PacedStream implements ReadStream<Buffer> {
  private final Queue<Buffer> left;
  private final @Nullable Throwable failure;
  private long demand = Long.MAX_VALUE;
  private long greatestDemand;
  private boolean emitting;
  private boolean ended;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;

  public PacedStream(List<Buffer> buffers, @Nullable Throwable failure) {
    this.left = new ArrayDeque<>(buffers);
    this.failure = failure;
  }

  /** The most buffers that the reader was ready to take at once. */
  public long greatestDemand() {
    return greatestDemand;
  }

  @Override
  public PacedStream handler(@Nullable Handler<Buffer> handler) {
    this.handler = handler;
    emit();
    return this;
  }

  @Override
  public PacedStream endHandler(@Nullable Handler<Void> handler) {
    endHandler = handler;
    return this;
  }

  @Override
  public PacedStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    exceptionHandler = handler;
    return this;
  }

  @Override
  public PacedStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public PacedStream resume() {
    demand = Long.MAX_VALUE;
    emit();
    return this;
  }

  @Override
  public PacedStream fetch(long amount) {
    demand += amount;
    emit();
    return this;
  }

  private void emit() {
    if (emitting || handler == null) {
      return;
    }
    emitting = true;
    greatestDemand = Math.max(greatestDemand, demand);
    while (demand > 0 && !left.isEmpty()) {
      demand--;
      handler.handle(left.remove());
      greatestDemand = Math.max(greatestDemand, demand);
    }
    emitting = false;
    if (left.isEmpty() && demand > 0 && !ended) {
      ended = true;
      if (failure == null && endHandler != null) {
        endHandler.handle(null);
      } else if (failure != null && exceptionHandler != null) {
        exceptionHandler.handle(failure);
      }
    }
  }
}
