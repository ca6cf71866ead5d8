package dev.tintype.worker.capture;

import com.microsoft.playwright.PlaywrightException;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.job.CaptureException;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.FailureCode;
import dev.tintype.worker.browser.BrowserVerticle;
import dev.tintype.worker.browser.EgressFault;
import dev.tintype.worker.browser.EgressProxy;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A browser behind its own proxy. The proxy knows what the browser can only guess at: that an
 * address was refused, or why a connection did not come about. Behind a proxy Chromium shows these
 * as an error page or as a broken tunnel.
 *
 * <p>To be called on one event loop.
 */
public final class Photographer {
  private final Camera camera;
  private final BrowserVerticle browser;
  private final @Nullable EgressProxy proxy;

  /**
   * Brings the two together.
   *
   * @param proxy the one that the browser was started with; null if it dials by itself
   */
  public Photographer(Camera camera, BrowserVerticle browser, @Nullable EgressProxy proxy) {
    this.camera = camera;
    this.browser = browser;
    this.proxy = proxy;
  }

  public String name() {
    return browser.name();
  }

  public boolean isIdle() {
    return browser.isIdle();
  }

  /** Completes when another picture can be taken. */
  public Future<Void> idle() {
    return browser.idle();
  }

  /** Takes one picture; as {@link Camera#capture}, but knows more about connections. */
  public Future<CapturedPage> capture(CaptureSpec spec) {
    faults(); // Those of a page that is closed are nobody's.
    return camera
        .capture(browser, spec)
        .compose(page -> Future.succeededFuture(withFaults(page, faults())))
        .recover(failure -> Future.failedFuture(withFaults(failure, spec, faults())));
  }

  /** Ends the running capture, if there is one, by killing the browser. */
  public void abort(String why) {
    browser.abort(why);
  }

  public Future<Void> close() {
    return browser
        .close()
        .eventually(() -> proxy == null ? Future.succeededFuture() : proxy.close());
  }

  private List<EgressFault> faults() {
    return proxy == null ? List.of() : proxy.drainFaults();
  }

  private static CapturedPage withFaults(CapturedPage page, List<EgressFault> faults) {
    List<Warning> warnings = new ArrayList<>(page.warnings());
    for (EgressFault fault : faults) {
      // Of a part: a document that is the proxy's own answer has ended the capture.
      warnings.add(
          new Warning(
              Failures.code(fault).toString(),
              "a part of the page is missing: " + fault.message()));
    }
    return new CapturedPage(
        page.image(),
        page.width(),
        page.height(),
        page.finalUrl(),
        page.status(),
        page.title(),
        page.steps(),
        warnings);
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
      // The page has asked for other things, too, which may have faults of their own.
      return of(lost.host(), faults)
          .<Throwable>map(fault -> Failures.of(fault, failure))
          .orElse(failure);
    }
    return Failures.of(
        of(Failures.host(spec), faults)
            // After a redirect. A page that never came has asked for nothing else since.
            .orElseGet(() -> faults.get(faults.size() - 1)),
        failure);
  }

  private static Optional<EgressFault> of(String host, List<EgressFault> faults) {
    return faults.stream().filter(fault -> fault.host().equalsIgnoreCase(host)).findFirst();
  }
}
