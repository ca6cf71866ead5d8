package dev.tintype.api.http;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.FieldError;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;

/**
 * One exchange of a client that waits by following redirects. No exchange lasts longer than one
 * wait; each redirect leads to an address of its own, which counts the redirects, so that clients
 * that refuse circular redirects go on, and the last one that the client follows ends with an
 * answer and not with one redirect too many.
 *
 * @param asked the wait that the client asked for, at most max-wait; zero: none
 * @param number redirects that led here
 * @param limit of the client
 * @param maxWait the longest wait of the server
 */
public record WaitHop(Duration asked, int number, RedirectLimit limit, Duration maxWait) {
  private static final String PARAMETER = "hop";

  /** The exchange at an address that takes {@code wait} and {@code hop}. */
  public static WaitHop of(RoutingContext ctx, Duration maxWait) {
    return new WaitHop(WaitParameter.ofQuery(ctx, maxWait), number(ctx), limit(ctx), maxWait);
  }

  /** The first exchange of a client that waits as long as it may, whatever the address says. */
  public static WaitHop first(RoutingContext ctx, Duration maxWait) {
    return new WaitHop(maxWait, 0, limit(ctx), maxWait);
  }

  private static RedirectLimit limit(RoutingContext ctx) {
    return RedirectLimit.of(ctx.request().getHeader(HttpHeaders.USER_AGENT));
  }

  private static int number(RoutingContext ctx) {
    String text = ctx.queryParams().get(PARAMETER);
    if (text == null) {
      return 0;
    }
    if (!text.matches("\\d{1,4}")) {
      String detail = "is \"" + text + "\"; allowed: 0 to 9999, as in the Location of a redirect";
      throw new RequestProblem(
          ProblemCode.INVALID_PARAMETER,
          PARAMETER + " " + detail,
          List.of(new FieldError("/" + PARAMETER, detail)));
    }
    return Integer.parseInt(text);
  }

  /** Whether the client asked to wait at all. */
  public boolean waits() {
    return !asked.isZero();
  }

  /** How long this exchange waits. */
  public Duration duration() {
    return asked.toSeconds() < maxWait.toSeconds() ? asked : limit.stretch(maxWait);
  }

  /** Whether the client follows no further redirect. */
  public boolean isLast() {
    return number >= limit.redirects();
  }

  /** Whether the client has so few redirects that the first exchange waits, too. */
  public boolean isScarce() {
    return limit.isLow();
  }

  /** Sends the client to the same wait again, or for the first time. */
  public Future<Void> redirect(HttpServerResponse response, String path) {
    return response
        .setStatusCode(303)
        .putHeader(
            HttpHeaders.LOCATION,
            path + "?wait=" + asked.toSeconds() + "&" + PARAMETER + "=" + (number + 1))
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }

  /** Why there is no further redirect, and what to do, for people. */
  public String explanation(String path) {
    return "this client follows %d redirects, and all are used. GET %s?wait=%d to go on, or raise the limit: %s"
        .formatted(limit.redirects(), path, maxWait.toSeconds(), limit.remedy());
  }
}
