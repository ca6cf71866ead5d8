package dev.tintype.worker.capture;

import dev.tintype.job.CaptureException;
import dev.tintype.job.Failure;
import dev.tintype.testing.PageServer;
import dev.tintype.worker.browser.BrowserLaunch;
import dev.tintype.worker.browser.BrowserSettings;
import dev.tintype.worker.browser.BrowserVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A photographer and a web site, for one test class. */
final class Studio implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final PageServer server = PageServer.start();
  private final BrowserVerticle browser;
  private final Photographer photographer;

  Studio(BrowserSettings settings) {
    browser =
        await(
            BrowserVerticle.deploy(
                vertx, "test-browser", new BrowserLaunch(settings), System::nanoTime));
    photographer = new PlaywrightPhotographer(browser, null, System::nanoTime);
  }

  PageServer server() {
    return server;
  }

  BrowserVerticle browser() {
    return browser;
  }

  String url(String path) {
    return server.url(path);
  }

  /** A port that speaks neither HTTP nor TLS. */
  int answerEveryConnectionWith(String text) {
    return await(
            vertx
                .createNetServer()
                .connectHandler(
                    socket ->
                        socket.handler(
                            any -> {
                              var unused = socket.end(Buffer.buffer(text));
                            }))
                .listen(0, "127.0.0.1"))
        .actualPort();
  }

  Future<CapturedPage> begin(Captures wanted) {
    await(browser.idle());
    return photographer.capture(wanted.spec());
  }

  CapturedPage take(Captures wanted) {
    return await(begin(wanted));
  }

  Failure fail(Captures wanted) {
    return failure(begin(wanted));
  }

  /** How a capture that must not succeed ends. */
  static Failure failure(Future<?> future) {
    try {
      await(future);
    } catch (CaptureException e) {
      return e.failure();
    }
    throw new AssertionError("the capture succeeded");
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(90, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came within 90 s", e);
    }
  }

  @Override
  public void close() {
    await(browser.close());
    server.close();
    await(vertx.close());
  }
}
