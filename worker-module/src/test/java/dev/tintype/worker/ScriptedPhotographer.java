package dev.tintype.worker;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.CaptureException;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.capture.CapturedImage;
import dev.tintype.worker.capture.CapturedPage;
import dev.tintype.worker.capture.Photographer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A photographer without a browser: the test decides how and when each capture ends. */
final class ScriptedPhotographer implements Photographer {
  private static final int LIMIT_SECONDS = 60;

  private final String name;
  private final Context loop = Objects.requireNonNull(Vertx.currentContext());
  private final BlockingQueue<Running> begun = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> aborted = new CompletableFuture<>();
  private final CompletableFuture<Void> closeCalled = new CompletableFuture<>();
  private Promise<CapturedPage> running = Promise.promise();
  private Promise<Void> idle = Promise.promise();
  private boolean isIdle = true;

  /** A capture that the worker has asked for and waits for. */
  record Running(ScriptedPhotographer photographer, CaptureSpec spec) {
    /** The capture succeeds; the photographer is not idle yet. */
    void succeed(String image) {
      var captured =
          new CapturedImage(Image.DEFAULT_NAME, ImageType.PNG, Buffer.buffer(image), 1280, 800);
      var page =
          new CapturedPage(
              List.of(captured), "https://example.com/", 200, "Example", List.of(), List.of());
      photographer.loop.runOnContext(now -> photographer.running.tryComplete(page));
    }

    void fail(FailureCode code) {
      fail(new CaptureException(code, "scripted"));
    }

    void fail(Throwable cause) {
      photographer.loop.runOnContext(now -> photographer.running.tryFail(cause));
    }
  }

  /** On the worker's event loop. */
  ScriptedPhotographer(String name) {
    this.name = name;
    idle.complete();
  }

  /** The next capture; waits until the worker asks for one. */
  Running next() throws InterruptedException {
    Running next = begun.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    return Objects.requireNonNull(next, "no capture was asked for");
  }

  /** Whether the worker has asked for a capture that the test has not seen yet. */
  boolean hasNext() {
    return !begun.isEmpty();
  }

  void becomeIdle() {
    loop.runOnContext(
        now -> {
          isIdle = true;
          idle.tryComplete();
        });
  }

  /** Why the worker aborted a capture; waits until it does. */
  String abortReason() {
    return aborted.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  boolean wasAborted() {
    return aborted.isDone();
  }

  void awaitCloseCall() {
    closeCalled.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isIdle() {
    return isIdle;
  }

  @Override
  public Future<Void> idle() {
    return idle.future();
  }

  @Override
  public Future<CapturedPage> capture(CaptureSpec spec) {
    isIdle = false;
    idle = Promise.promise();
    running = Promise.promise();
    begun.add(new Running(this, spec));
    return running.future();
  }

  @Override
  public void abort(String reason) {
    aborted.complete(reason);
    running.tryFail(new IllegalStateException("aborted"));
    becomeIdle();
  }

  @Override
  public Future<Void> close() {
    closeCalled.complete(null);
    return isIdle
        ? Future.succeededFuture()
        : running.future().transform(done -> Future.succeededFuture());
  }
}
