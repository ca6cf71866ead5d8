package dev.tintype.api;

import dev.tintype.api.http.JsonAnswer;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.problem.RequestProblem.Problem;
import dev.tintype.capture.InvalidCaptureException;
import dev.tintype.capture.field.FieldError;
import dev.tintype.queue.QueueUnavailableException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one table from errors to answers, in the form of RFC 9457. */
final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  // Long enough for a Redis to restart or fail over, short enough for a person to wait.
  private static final Duration QUEUE_RETRY = Duration.ofSeconds(5);

  private Problems() {}

  /** The failure handler of every route. */
  static void answer(RoutingContext ctx) {
    answer(ctx, Map.of());
  }

  /**
   * The same, with more headers.
   *
   * @param headers beside those of the problem itself
   */
  static void answer(RoutingContext ctx, Map<String, String> headers) {
    HttpServerResponse response = ctx.response();
    if (response.closed()) {
      // The client has gone, which the log has already said; there is nobody to answer.
      return;
    }
    Problem problem = problem(ctx);
    if (response.headWritten()) {
      // Half an image is out; only a cut connection tells the client that the rest will not come.
      log.warn(
          "event=answer_cut path={} problem={} detail=\"{}\"",
          ctx.request().path(),
          problem.code(),
          problem.detail());
      response.reset();
      return;
    }
    forgetHeadersOfTheAnswerThatWasMeant(response);
    headers.forEach(response::putHeader);
    problem.headers().forEach(response::putHeader);
    send(ctx.request(), problem);
  }

  /** The answer to what is not even a request; there is no route and no context yet. */
  static void answerInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    ProblemCode code =
        cause instanceof TooLongHttpLineException
            ? ProblemCode.ADDRESS_TOO_LONG
            : cause instanceof TooLongHttpHeaderException
                ? ProblemCode.HEADERS_TOO_LARGE
                : ProblemCode.INVALID_REQUEST;
    send(request, problem(code, String.valueOf(cause.getMessage()), List.of()));
    request.connection().close();
  }

  private static void send(HttpServerRequest request, Problem problem) {
    request.response().setStatusCode(problem.code().status());
    JsonAnswer.send(request, "application/problem+json", body(problem))
        .onFailure(
            gone ->
                log.info(
                    "event=problem_unsent problem={} error=\"{}\"",
                    problem.code(),
                    gone.getMessage()));
  }

  /** Length, type and tag of an image say nothing true of a problem. */
  private static void forgetHeadersOfTheAnswerThatWasMeant(HttpServerResponse response) {
    String connection = response.headers().get(HttpHeaders.CONNECTION);
    response.headers().clear();
    if (connection != null) {
      response.putHeader(HttpHeaders.CONNECTION, connection);
    }
  }

  private static Problem problem(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    if (failure instanceof RequestProblem known) {
      return known.problem();
    }
    if (failure instanceof InvalidCaptureException invalid) {
      return problem(ProblemCode.INVALID_CAPTURE, invalid.getMessage(), invalid.errors());
    }
    if (failure instanceof QueueUnavailableException) {
      log.warn(
          "event=queue_unavailable path={} error=\"{}\"",
          ctx.request().path(),
          failure.getMessage());
      return new Problem(
          ProblemCode.QUEUE_UNAVAILABLE,
          "a submission may or may not have been stored; everything else can be asked again",
          List.of(),
          null,
          QUEUE_RETRY);
    }
    return switch (ctx.statusCode()) {
      case 404 ->
          problem(
              ProblemCode.ROUTE_NOT_FOUND, "no resource is at " + ctx.request().path(), List.of());
      case 405 ->
          problem(
              ProblemCode.METHOD_NOT_ALLOWED,
              ctx.request().path() + " does not answer to " + ctx.request().method(),
              List.of());
      default -> {
        log.error(
            "event=request_failed method={} path={}",
            ctx.request().method(),
            ctx.request().path(),
            failure);
        yield problem(ProblemCode.INTERNAL, "the request could not be handled", List.of());
      }
    };
  }

  private static Problem problem(ProblemCode code, String detail, List<FieldError> errors) {
    return new Problem(code, detail, errors);
  }

  private static Map<String, Object> body(Problem problem) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", problem.code().page());
    body.put("title", problem.code().title());
    body.put("status", problem.code().status());
    body.put("code", problem.code());
    body.put("detail", problem.detail());
    if (!problem.errors().isEmpty()) {
      body.put("errors", problem.errors());
    }
    if (problem.failure() != null) {
      body.put("failure", problem.failure());
    }
    return body;
  }
}
