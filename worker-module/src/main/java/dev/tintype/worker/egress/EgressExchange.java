package dev.tintype.worker.egress;

import dev.tintype.egress.EgressDecision.Allowed;
import dev.tintype.egress.EgressDialer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plain request on its way to the origin server and back. Confined to the proxy's event loop.
 *
 * <p>Adds no Via header (RFC 9110 section 7.6.3 wants one of a proxy between parties): to the
 * servers this is the browser itself, and some of them compress nothing behind a Via.
 */
final class EgressExchange {
  private static final Logger log = LoggerFactory.getLogger(EgressExchange.class);

  /**
   * RFC 9110 section 7.6.1; Expect, which the proxy's own server has answered; and the mark of the
   * proxy's own answers, which a server must not counterfeit.
   */
  private static final Set<String> NOT_FORWARDED =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          EgressFault.HEADER);

  private static final Set<HttpMethod> REPEATABLE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final HttpServerRequest request;
  private final EgressTarget target;
  private final Allowed allowed;
  private final Duration limit;
  private final boolean hasBody;

  EgressExchange(HttpServerRequest request, EgressTarget target, Allowed allowed, Duration limit) {
    this.request = request;
    this.target = target;
    this.allowed = allowed;
    this.limit = limit;
    this.hasBody =
        request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
            || request.headers().contains(HttpHeaders.CONTENT_LENGTH);
  }

  /**
   * Asks the origin server and waits for the head of its answer.
   *
   * @param pooled for what may be asked twice: a server may close a kept connection in the moment
   *     in which it is used again, and then the browser, which sees its own connection to us alone,
   *     would not repeat the request as it does without a proxy
   * @param fresh a connection for this request alone
   */
  Future<HttpClientResponse> ask(HttpClient pooled, HttpClient fresh) {
    if (hasBody || !REPEATABLE.contains(request.method())) {
      return dial(fresh).compose(this::send);
    }
    return dial(pooled)
        .compose(
            upstream ->
                send(upstream)
                    .recover(
                        e ->
                            request.response().closed()
                                ? Future.failedFuture(e)
                                : dial(fresh).compose(this::send)));
  }

  private Future<HttpClientRequest> dial(HttpClient client) {
    return EgressDialer.dial(
        allowed.addresses(),
        target.port(),
        limit,
        (address, millis) ->
            client.request(
                new RequestOptions()
                    .setServer(address)
                    .setHost(target.host())
                    .setPort(target.port())
                    .setMethod(request.method())
                    .setURI(target.path())
                    .setFollowRedirects(false)
                    .setConnectTimeout(millis)));
  }

  private Future<HttpClientResponse> send(HttpClientRequest upstream) {
    if (request.response().closed()) {
      // Nobody is there to read the answer.
      return upstream.reset().transform(done -> Future.failedFuture("the browser left"));
    }
    // Without a handler Vert.x logs each request that a browser gave up as an ERROR.
    upstream.exceptionHandler(lost -> log.debug("egress server connection lost", lost));
    request.response().closeHandler(left -> upstream.reset());
    copyEndToEnd(request.headers(), upstream.headers());
    // RFC 9112 section 3.2.2: what the request line says wins over a Host header beside it.
    upstream.putHeader(HttpHeaders.HOST, target.authority());
    if (!hasBody) {
      request.resume();
      return upstream.send();
    }
    upstream.setChunked(!request.headers().contains(HttpHeaders.CONTENT_LENGTH));
    // Not send(ReadStream): it ends the request properly when the browser breaks off, and the
    // server would take half a body for a whole one.
    request.pipe().endOnFailure(false).to(upstream).onFailure(e -> upstream.reset());
    return upstream.response();
  }

  /** Streams the answer to the browser. */
  Future<Void> answer(HttpClientResponse upstream) {
    var response = request.response();
    response.setStatusCode(upstream.statusCode()).setStatusMessage(upstream.statusMessage());
    copyEndToEnd(upstream.headers(), response.headers());
    int status = upstream.statusCode();
    boolean bodiless = request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
    response.setChunked(!bodiless && !response.headers().contains(HttpHeaders.CONTENT_LENGTH));
    return upstream.pipe().endOnFailure(false).to(response);
  }

  private static void copyEndToEnd(MultiMap from, MultiMap to) {
    Set<String> named = new HashSet<>();
    for (String connection : from.getAll(HttpHeaders.CONNECTION)) {
      for (String name : connection.split(",", -1)) {
        named.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    from.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!NOT_FORWARDED.contains(lower) && !named.contains(lower)) {
            to.add(name, value);
          }
        });
  }
}
