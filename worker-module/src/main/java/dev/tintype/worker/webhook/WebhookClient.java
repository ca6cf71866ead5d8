package dev.tintype.worker.webhook;

import dev.tintype.egress.EgressDecision.Allowed;
import dev.tintype.egress.EgressDecision.Refused;
import dev.tintype.egress.EgressDecision.Unresolved;
import dev.tintype.egress.EgressDialer;
import dev.tintype.egress.EgressPolicy;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to receivers. Each attempt asks the egress policy and dials an address that the policy
 * checked, so a name that resolves differently a moment later changes nothing. Redirects are not
 * followed, because they would bypass the policy. Confined to the event loop of its verticle.
 */
final class WebhookClient {
  private static final Logger log = LoggerFactory.getLogger(WebhookClient.class);

  private static final int BEGINNING_BYTES = 1024;

  // The outbox limits attempts to one receiver. No attempt may wait for a connection here, where
  // nothing shows it.
  private static final int CONNECTIONS_TO_ONE = 1_000;

  // A burst uses few connections, and a receiver need not keep them afterwards.
  private static final int KEEP_ALIVE_SECONDS = 5;

  private final Vertx vertx;
  private final EgressPolicy egress;
  private final Duration timeout;
  private final InstantSource clock;
  private final HttpClient client;

  /**
   * A client.
   *
   * @param timeout of an attempt as a whole
   * @param options for the trust store; the client sets the rest
   */
  WebhookClient(
      Vertx vertx,
      EgressPolicy egress,
      Duration timeout,
      InstantSource clock,
      HttpClientOptions options) {
    this.vertx = vertx;
    this.egress = egress;
    this.timeout = timeout;
    this.clock = clock;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions(options)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setVerifyHost(true),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_TO_ONE));
  }

  /**
   * Posts a body.
   *
   * @return fails with {@link WebhookFault} if no complete response arrives within the timeout
   */
  Future<WebhookAnswer> post(String url, MultiMap headers, Buffer body) {
    Promise<WebhookAnswer> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            timeout.toMillis(),
            late ->
                answer.tryFail(
                    new WebhookFault(
                        "timeout", "no complete response within " + timeout.toMillis() + " ms")));
    dial(URI.create(url))
        .onFailure(answer::tryFail)
        .onSuccess(
            request -> {
              // Giving up closes the connection.
              answer.future().onFailure(failure -> request.reset());
              if (!answer.future().isComplete()) {
                request.headers().addAll(headers);
                exchange(request, body, answer);
              }
            });
    return answer.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  Future<Void> close() {
    return client.close();
  }

  private Future<HttpClientRequest> dial(URI url) {
    return egress
        .decide(url)
        .compose(
            decision -> {
              if (decision instanceof Refused refused) {
                log.warn("event=egress_refused at=webhook reason=\"{}\"", refused.reason());
                return failed("egress_refused", refused.message());
              }
              if (decision instanceof Unresolved unresolved) {
                return failed("host_not_found", unresolved.message());
              }
              boolean tls = url.getScheme().equalsIgnoreCase("https");
              int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
              return EgressDialer.dial(
                      ((Allowed) decision).addresses(),
                      port,
                      timeout,
                      (address, millis) -> request(url, tls, port, address, millis))
                  .recover(
                      failure ->
                          failed("connection_failed", "no connection: " + described(failure)));
            });
  }

  private Future<HttpClientRequest> request(
      URI url, boolean tls, int port, SocketAddress address, int millis) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return client.request(
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(address)
            .setHost(url.getHost())
            .setPort(port)
            .setSsl(tls)
            .setFollowRedirects(false)
            .setConnectTimeout(millis)
            .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery()));
  }

  private void exchange(HttpClientRequest request, Buffer body, Promise<WebhookAnswer> answer) {
    request
        .send(body)
        .onFailure(failure -> answer.tryFail(cut(failure)))
        .onSuccess(
            response -> {
              Buffer beginning = Buffer.buffer();
              response.exceptionHandler(failure -> answer.tryFail(cut(failure)));
              response.endHandler(end -> answer.tryComplete(answer(response, beginning)));
              response.handler(
                  part -> {
                    beginning.appendBuffer(part);
                    if (beginning.length() >= BEGINNING_BYTES
                        && answer.tryComplete(answer(response, beginning))) {
                      // The rest is not needed.
                      request.reset();
                    }
                  });
            });
  }

  private WebhookAnswer answer(HttpClientResponse response, Buffer beginning) {
    String text =
        new String(
            beginning.getBytes(0, Math.min(beginning.length(), BEGINNING_BYTES)),
            StandardCharsets.UTF_8);
    return new WebhookAnswer(
        response.statusCode(),
        WebhookAnswer.retryAfter(response.getHeader("Retry-After"), clock.instant()),
        text);
  }

  private static WebhookFault cut(Throwable failure) {
    return new WebhookFault(
        "connection_cut",
        "the connection was closed before the response was complete: " + described(failure));
  }

  private static <T> Future<T> failed(String outcome, String message) {
    return Future.failedFuture(new WebhookFault(outcome, message));
  }

  /** Netty's message without the address that was dialled, which must not reach clients. */
  private static String described(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    int address = message.indexOf(": /");
    return address < 0 ? message : message.substring(0, address);
  }
}
