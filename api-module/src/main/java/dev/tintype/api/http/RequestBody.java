package dev.tintype.api.http;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.FieldError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the body of a request, as bytes, whatever its type is said to be: curl calls JSON a form
 * unless told otherwise, and a form is what Vert.x's own handler would then make of it.
 */
public final class RequestBody {
  private static final Logger log = LoggerFactory.getLogger(RequestBody.class);
  // A page of 5 MiB, with room for the escapes of JSON.
  private static final int MAX_BYTES = 8 << 20;

  // A body of 8 MiB in this time is 2 Mbit/s; who is slower holds a connection and memory for
  // nothing.
  private static final int MAX_SECONDS = 30;

  private RequestBody() {}

  public static Future<Buffer> of(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    long timer =
        ctx.vertx()
            .setTimer(
                MAX_SECONDS * 1_000L,
                late -> {
                  log.warn(
                      "event=body_too_slow path={} limit={}s", ctx.request().path(), MAX_SECONDS);
                  whole.tryFail(
                      new RequestProblem(
                          ProblemCode.BODY_TOO_SLOW,
                          "the body did not arrive within " + MAX_SECONDS + " s"));
                });
    request.handler(
        part -> {
          if (body.length() + part.length() <= MAX_BYTES) {
            body.appendBuffer(part);
          } else {
            whole.tryFail(tooLarge());
          }
        });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(body));
    return whole
        .future()
        .onComplete(done -> ctx.vertx().cancelTimer(timer))
        .onFailure(refused -> closeAfterAnswer(request));
  }

  /** The rest of a body that is refused is not waited for. HTTP/2 ends a stream without words. */
  private static void closeAfterAnswer(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader(HttpHeaders.CONNECTION, "close");
    }
  }

  public static RequestProblem tooLarge() {
    String limits =
        "is too large; allowed are 5 MiB for html and 1 MiB for everything else, and 8 MiB for a batch";
    return new RequestProblem(
        ProblemCode.BODY_TOO_LARGE, "the body " + limits, List.of(new FieldError("", limits)));
  }
}
