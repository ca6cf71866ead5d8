package dev.tintype.client;

import dev.tintype.capture.field.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Requests and answers with one API. Every exchange has a timeout, and every repetition a bound.
 * Thread-safe.
 */
final class Exchanges {
  // Answers without a wait take milliseconds; this is for the slowest of networks.
  static final Duration SHORT = Duration.ofSeconds(30);

  private static final byte[] NOTHING = {};

  private final ServerAddress server;
  private final Map<String, String> headers;
  private final Duration connect;
  private final Pacing pacing;
  private final HttpClient http;

  Exchanges(ServerAddress server, Map<String, String> headers, Duration connect, Pacing pacing) {
    this.server = server;
    this.headers = Map.copyOf(headers);
    this.connect = connect;
    this.pacing = pacing;
    var http =
        HttpClient.newBuilder()
            .connectTimeout(connect)
            // Few questions at a time gain nothing from HTTP/2, and the offer to upgrade irritates
            // some proxies.
            .version(Version.HTTP_1_1);
    if (!server.root().startsWith("https:")) {
      http.sslContext(trustingNobody());
    }
    this.http = http.build();
  }

  /**
   * For addresses without TLS, which no redirect leaves: the default would read every certificate
   * of the JDK before the first request, which is a third of a command's time.
   */
  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  ServerAddress server() {
    return server;
  }

  Pacing pacing() {
    return pacing;
  }

  HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(server.resolve(path)).header("User-Agent", "tintype");
    headers.forEach(request::setHeader);
    return request;
  }

  /** The job in an answer to a question about one. */
  RemoteJob job(Answer answer) {
    if (!answer.isSuccess() || !RemoteJob.isJob(answer.json())) {
      throw new ProblemException(server, answer);
    }
    return new RemoteJob(answer.json());
  }

  HttpResponse<byte[]> once(HttpRequest request, Duration timeout) throws IOException {
    return once(request, BodyHandlers.ofByteArray(), timeout);
  }

  HttpResponse<byte[]> retrying(HttpRequest request, Duration timeout) {
    return retrying(request, BodyHandlers::ofByteArray, timeout);
  }

  /**
   * For requests that may arrive twice.
   *
   * @param handlers gives each try its own
   * @throws UncheckedIOException if a handler cannot keep the answer; no other try would
   */
  HttpResponse<byte[]> retrying(
      HttpRequest request, Supplier<? extends BodyHandler<byte[]>> handlers, Duration timeout) {
    for (int tries = 1; ; tries++) {
      boolean isLast = tries >= pacing.contactTries();
      Duration rest = pacing.backoff(tries);
      try {
        HttpResponse<byte[]> response = once(request, handlers.get(), timeout);
        Answer answer = Answer.withoutBody(response);
        // A rest beyond all patience is for the caller to take, who is told of it.
        boolean isTooLong = answer.retryAfter().compareTo(pacing.patience()) > 0;
        if (isLast || isTooLong || !answer.isPassing()) {
          return response;
        }
        rest = Pacing.longer(rest, answer.retryAfter());
      } catch (IOException e) {
        if (isLast) {
          throw away(reason(e), false);
        }
      }
      Pacing.rest(rest);
    }
  }

  /** Asks for server-sent events. Any other answer has no lines, and a body. */
  LineStream events(HttpRequest request) {
    var lines = new LineStream();
    lines.begin(
        http.sendAsync(
            request,
            info ->
                isEvents(info.statusCode(), info.headers())
                    ? BodySubscribers.fromLineSubscriber(
                        lines, all -> NOTHING, StandardCharsets.UTF_8, null)
                    : BodySubscribers.ofByteArray()));
    return lines;
  }

  static boolean isEvents(int status, HttpHeaders headers) {
    return status == 200
        && headers.firstValue("Content-Type").orElse("").startsWith("text/event-stream");
  }

  private HttpResponse<byte[]> once(
      HttpRequest request, BodyHandler<byte[]> handler, Duration timeout) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, handler);
    try {
      // The client's own timeout ends with the headers; a body that never ends would hang.
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw new InterruptedCallException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException lost) {
        throw lost;
      }
      if (e.getCause() instanceof UncheckedIOException unkept) {
        throw unkept;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * What to throw when all patience is at its end.
   *
   * @param wasThere whether it had answered before
   */
  ServerAwayException away(String trouble, boolean wasThere) {
    String what =
        wasThere
            ? server + " has not answered for " + Durations.spell(pacing.patience())
            : "no server answers at " + server;
    return new ServerAwayException(what + " (" + trouble + ")", wasThere);
  }

  /** Says what happened; the JDK has no words for the most frequent cases. */
  String reason(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection within " + connect.toSeconds() + " s";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the host name does not resolve";
      }
    }
    if (failure.getMessage() != null) {
      return failure.getMessage();
    }
    return failure instanceof ConnectException ? "connection refused" : "connection closed";
  }
}
