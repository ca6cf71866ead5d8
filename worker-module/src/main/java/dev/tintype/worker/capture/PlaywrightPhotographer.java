package dev.tintype.worker.capture;

import com.microsoft.playwright.PlaywrightException;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.job.CaptureException;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.browser.BrowserLaunch;
import dev.tintype.worker.browser.BrowserVerticle;
import dev.tintype.worker.egress.EgressFault;
import dev.tintype.worker.egress.EgressProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A browser behind its own egress proxy. Behind a proxy Chromium shows a refused address or a
 * failed connection as an error page or as a broken tunnel; only the proxy knows the reason, and
 * here the two are brought together.
 */
public final class PlaywrightPhotographer implements Photographer {
  private final BrowserVerticle browser;
  private final @Nullable EgressProxy proxy;
  private final LongSupplier nanoTime;

  PlaywrightPhotographer(
      BrowserVerticle browser, @Nullable EgressProxy proxy, LongSupplier nanoTime) {
    this.browser = browser;
    this.proxy = proxy;
    this.nanoTime = nanoTime;
  }

  /**
   * Starts a browser, and its proxy before it. Call it on an event loop, or outside of Vert.x.
   *
   * @param name of the browser and its thread, unique in the process
   * @param proxy not yet started; null for a browser that dials by itself
   * @param nanoTime as {@link System#nanoTime}
   * @return fails if the browser cannot start
   */
  public static Future<Photographer> start(
      Vertx vertx,
      String name,
      BrowserLaunch launch,
      @Nullable EgressProxy proxy,
      LongSupplier nanoTime) {
    if (proxy == null) {
      return BrowserVerticle.deploy(vertx, name, launch, nanoTime)
          .map(browser -> new PlaywrightPhotographer(browser, null, nanoTime));
    }
    return proxy
        .start()
        .compose(
            started ->
                BrowserVerticle.deploy(vertx, name, launch.behindProxy(proxy.port()), nanoTime)
                    .recover(
                        failure -> proxy.close().transform(closed -> Future.failedFuture(failure))))
        .map(browser -> new PlaywrightPhotographer(browser, proxy, nanoTime));
  }

  @Override
  public String name() {
    return browser.name();
  }

  @Override
  public boolean isIdle() {
    return browser.isIdle();
  }

  @Override
  public Future<Void> idle() {
    return browser.idle();
  }

  @Override
  public Future<CapturedPage> capture(CaptureSpec spec) {
    drainFaults(); // Left over from a page that is closed.
    return browser
        .run(spec.limits().timeout(), pages -> CaptureSteps.of(pages, spec, nanoTime))
        .compose(page -> Future.succeededFuture(withFaults(page, drainFaults())))
        .recover(
            failure ->
                Future.failedFuture(withFaults(Failures.of(failure, spec), spec, drainFaults())));
  }

  @Override
  public void abort(String reason) {
    browser.abort(reason);
  }

  @Override
  public Future<Void> close() {
    return browser
        .close()
        .eventually(() -> proxy == null ? Future.succeededFuture() : proxy.close());
  }

  private List<EgressFault> drainFaults() {
    return proxy == null ? List.of() : proxy.drainFaults();
  }

  private static CapturedPage withFaults(CapturedPage page, List<EgressFault> faults) {
    List<Warning> warnings = new ArrayList<>(page.warnings());
    for (EgressFault fault : faults) {
      // Faults of the page's resources. A fault of the document itself has ended the capture.
      warnings.add(
          new Warning(
              Failures.code(fault).toString(),
              "a part of the page is missing: " + fault.message()));
    }
    return new CapturedPage(
        page.images(), page.finalUrl(), page.status(), page.title(), page.steps(), warnings);
  }

  private static Throwable withFaults(
      Throwable failure, CaptureSpec spec, List<EgressFault> faults) {
    boolean isBrokenTunnel =
        failure.getCause() instanceof PlaywrightException
            && failure instanceof CaptureException known
            && known.failure().code() == FailureCode.CONNECTION_FAILED;
    if (!isBrokenTunnel || faults.isEmpty()) {
      return failure;
    }
    if (failure.getCause() instanceof ErrorPageException lost) {
      // The page has requested other resources, too, which may have faults of their own.
      return faultOf(lost.host(), faults)
          .<Throwable>map(fault -> Failures.of(fault, failure))
          .orElse(failure);
    }
    return Failures.of(
        faultOf(Failures.host(spec), faults)
            // After a redirect. A page that never arrived has requested nothing else since.
            .orElseGet(() -> faults.get(faults.size() - 1)),
        failure);
  }

  private static Optional<EgressFault> faultOf(String host, List<EgressFault> faults) {
    return faults.stream().filter(fault -> fault.host().equalsIgnoreCase(host)).findFirst();
  }
}
