package dev.tintype.worker.egress;

import dev.tintype.egress.EgressDecision.Allowed;
import dev.tintype.egress.EgressDecision.Refused;
import dev.tintype.egress.EgressDecision.Unresolved;
import dev.tintype.egress.EgressDialer;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.worker.egress.EgressFault.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What passes through the proxy: tunnels and plain requests. Confined to its event loop. */
final class EgressTraffic {
  private static final Logger log = LoggerFactory.getLogger(EgressTraffic.class);

  // A browser's share of the threads that look names up for all: a name whose name server is dead
  // holds one for as long as the system's resolver likes.
  static final int MAX_CONCURRENT_LOOKUPS = 8;

  private final EgressPolicy policy;
  private final AsyncSemaphore lookups = new AsyncSemaphore(MAX_CONCURRENT_LOOKUPS);
  private final EgressFaults faults;
  private final Duration connectLimit;
  private final HttpClient pooled;
  private final HttpClient fresh;
  private final NetClient tunnels;

  EgressTraffic(
      EgressPolicy policy,
      EgressFaults faults,
      Duration connectLimit,
      HttpClient pooled,
      HttpClient fresh,
      NetClient tunnels) {
    this.policy = policy;
    this.faults = faults;
    this.connectLimit = connectLimit;
    this.pooled = pooled;
    this.fresh = fresh;
    this.tunnels = tunnels;
  }

  void handle(HttpServerRequest request) {
    // A browser drops connections all the time; each one is cleaned up where it is used.
    request.exceptionHandler(dropped -> log.debug("egress browser connection lost", dropped));
    boolean isTunnel = request.method().equals(HttpMethod.CONNECT);
    Optional<EgressTarget> asked =
        isTunnel ? EgressTarget.ofTunnel(request.uri()) : EgressTarget.ofAbsolute(request.uri());
    if (asked.isEmpty()) {
      // Also what a page gets that talks to this port as if it were a web server.
      reply(request, 400, "this is a proxy for http and https alone");
      return;
    }
    EgressTarget target = asked.get();
    if (isTunnel) {
      // Not paused: there is no body, and a paused request would leave its socket paused.
      judge(request, target, allowed -> openTunnel(request, target, allowed));
    } else {
      request.pause();
      judge(request, target, allowed -> exchange(request, target, allowed));
    }
  }

  private void judge(HttpServerRequest request, EgressTarget target, Consumer<Allowed> go) {
    lookups.acquire(
        () -> {
          if (request.response().closed()) {
            lookups.release();
          } else {
            decide(request, target, go);
          }
        });
  }

  private void decide(HttpServerRequest request, EgressTarget target, Consumer<Allowed> go) {
    policy
        .decide(target.host())
        .onComplete(decided -> lookups.release())
        .onSuccess(
            decision -> {
              if (decision instanceof Allowed allowed) {
                go.accept(allowed);
              } else if (decision instanceof Refused refused) {
                fault(request, target, Kind.REFUSED, refused.message(), refused.reason());
              } else if (decision instanceof Unresolved unresolved) {
                String message = unresolved.message();
                fault(request, target, Kind.UNRESOLVED, message, message);
              }
            })
        .onFailure(
            e -> {
              log.error("event=egress_undecided host={}", target.host(), e);
              String message = "host " + target.host() + " could not be looked up";
              fault(request, target, Kind.UNRESOLVED, message, e.toString());
            });
  }

  private void openTunnel(HttpServerRequest request, EgressTarget target, Allowed allowed) {
    EgressDialer.dial(
            allowed.addresses(),
            target.port(),
            connectLimit,
            (address, millis) ->
                tunnels
                    .connect(new ConnectOptions().setRemoteAddress(address).setTimeout(millis))
                    // Some servers speak first; without a handler their words would be lost.
                    .onSuccess(NetSocket::pause))
        .onSuccess(origin -> join(request, origin))
        .onFailure(e -> unreachable(request, target, e));
  }

  private static void join(HttpServerRequest request, NetSocket origin) {
    if (request.response().closed()) {
      origin.close();
      return;
    }
    request
        .toNetSocket()
        .onSuccess(
            browser -> {
              stream(browser, origin);
              stream(origin, browser);
            })
        .onFailure(e -> origin.close());
  }

  /** Streams one way with back-pressure; the end of either side ends the other. */
  private static void stream(NetSocket from, NetSocket to) {
    from.pipeTo(to)
        .onFailure(
            e -> {
              from.close();
              to.close();
            });
  }

  private void exchange(HttpServerRequest request, EgressTarget target, Allowed allowed) {
    var exchange = new EgressExchange(request, target, allowed, connectLimit);
    exchange
        .ask(pooled, fresh)
        .onFailure(e -> unreachable(request, target, e))
        .onSuccess(
            upstream ->
                exchange
                    .answer(upstream)
                    // Half an answer must not look like a whole one: the browser sees a reset.
                    .onFailure(e -> request.connection().close()));
  }

  private void unreachable(HttpServerRequest request, EgressTarget target, Throwable e) {
    String place = "host " + target.host() + " port " + target.port();
    String message;
    if (e instanceof ConnectTimeoutException || e instanceof TimeoutException) {
      message = place + " did not accept a connection within " + connectLimit.toMillis() + " ms";
    } else if (e instanceof ConnectException) {
      message = place + " refused the connection";
    } else if (e instanceof HttpClosedException) {
      message = place + " closed the connection without an answer";
    } else {
      message = "the connection to " + place + " failed";
    }
    fault(request, target, Kind.UNREACHABLE, message, e.toString());
  }

  private void fault(
      HttpServerRequest request, EgressTarget target, Kind kind, String message, String reason) {
    if (request.response().closed()) {
      // Of a page that is closed. By now the browser may belong to another tenant's capture, whose
      // fault this must not become.
      return;
    }
    var fault = new EgressFault(kind, target.host(), message);
    faults.add(fault, reason);
    if (!request.response().headWritten()) {
      request.response().putHeader(EgressFault.HEADER, fault.headerValue());
    }
    reply(request, kind == Kind.REFUSED ? 403 : 502, message);
  }

  private static void reply(HttpServerRequest request, int status, String message) {
    if (request.response().closed() || request.response().ended()) {
      return;
    }
    // Reads what is left of a body, so that the connection serves the next request.
    request.resume();
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(message + "\n")
        .onFailure(e -> log.debug("egress reply={} not delivered", status, e));
  }
}
