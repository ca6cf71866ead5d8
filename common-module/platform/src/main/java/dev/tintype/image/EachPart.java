package dev.tintype.image;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Function;

/** Reads a stream step by step, where the reader is not a {@code WriteStream}. */
public final class EachPart {
  private final Promise<Void> done = Promise.promise();
  // It may still be on its way when the stream already knows that nothing follows.
  private Future<Void> lastStep = Future.succeededFuture();

  private EachPart() {}

  /**
   * Passes each buffer to a step, and the next one when that step has completed.
   *
   * @return completes when the stream has ended and its last step is done; fails with the first
   *     failure of either, and reads no further
   */
  public static Future<Void> of(ReadStream<Buffer> stream, Function<Buffer, Future<Void>> step) {
    return new EachPart().read(stream, step);
  }

  private Future<Void> read(ReadStream<Buffer> stream, Function<Buffer, Future<Void>> step) {
    stream
        .pause()
        .exceptionHandler(done::tryFail)
        .endHandler(end -> lastStep.onComplete(taken -> done.tryComplete(), done::tryFail))
        .handler(
            part -> lastStep = step.apply(part).onComplete(taken -> stream.fetch(1), done::tryFail))
        .fetch(1);
    return done.future();
  }
}
