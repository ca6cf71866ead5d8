package dev.tintype.cli;

import dev.tintype.job.JobId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks with one API. Every exchange has a timeout, and every repetition a bound. */
final class ApiClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  // Answers without a wait take milliseconds; this is for the slowest of networks.
  private static final Duration SHORT = Duration.ofSeconds(30);
  // A page of 5 MiB, or a very long image, at 2 Mbit/s.
  private static final Duration TRANSFER = Duration.ofMinutes(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          // One question at a time gains nothing from HTTP/2, and the offer to upgrade irritates
          // some proxies.
          .version(Version.HTTP_1_1)
          .build();
  private final ServerAddress server;
  private final Pacing pacing;

  ApiClient(ServerAddress server, Pacing pacing) {
    this.server = server;
    this.pacing = pacing;
  }

  ServerAddress server() {
    return server;
  }

  /** Makes one job, however often it has to be sent: every time under the same key. */
  RemoteJob submit(String body) {
    HttpRequest request =
        request("/v1/jobs")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(body))
            .build();
    return job(answer(retrying(request, TRANSFER)));
  }

  RemoteJob job(JobId id) {
    return job(answer(get("/v1/jobs/" + id, SHORT)));
  }

  byte[] image(JobId id) {
    HttpResponse<byte[]> response = get("/v1/jobs/" + id + "/image", TRANSFER);
    Answer answer = Answer.of(response, new byte[0]);
    if (answer.status() != 200) {
      throw new Problem(answer(response)).failure(server);
    }
    return response.body();
  }

  /**
   * Asks once for a job, and to be kept waiting until it is final. The answer may come much sooner:
   * how long a client is kept is the server's to say.
   */
  Answer poll(JobId id, Duration wait) throws IOException {
    String path = "/v1/jobs/" + id + "?wait=" + wait.toSeconds();
    return answer(exchange(request(path).build(), wait.plus(SHORT)));
  }

  /** The job in an answer to a question about one. */
  RemoteJob job(Answer answer) {
    RemoteJob job = new RemoteJob(answer.json());
    if (!answer.isSuccess() || !JobId.isValid(job.id())) {
      throw new Problem(answer).failure(server);
    }
    return job;
  }

  private HttpResponse<byte[]> get(String path, Duration timeout) {
    return retrying(request(path).build(), timeout);
  }

  /** For requests that may arrive twice. */
  private HttpResponse<byte[]> retrying(HttpRequest request, Duration timeout) {
    for (int tries = 1; ; tries++) {
      boolean isLast = tries >= pacing.contactTries();
      Duration rest = pacing.backoff(tries);
      try {
        HttpResponse<byte[]> response = exchange(request, timeout);
        Answer answer = Answer.of(response, new byte[0]);
        if (isLast || !answer.isPassing()) {
          return response;
        }
        rest = Pacing.longer(rest, answer.retryAfter());
      } catch (IOException e) {
        if (isLast) {
          throw away(e);
        }
      }
      Pacing.rest(rest);
    }
  }

  private HttpResponse<byte[]> exchange(HttpRequest request, Duration timeout) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      // The client's own timeout ends with the headers; a body that never ends would hang.
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw Pacing.interrupted();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException lost) {
        throw lost;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("User-Agent", "tintype");
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return Answer.of(response, response.body());
  }

  private CommandFailure away(IOException failure) {
    return new CommandFailure(
        ExitCode.SERVER_AWAY,
        "no server answers at " + server + " (" + reason(failure) + ")",
        "Start one with: tintype serve",
        "Or name one with --server or " + EnvironmentDefaults.variable("--server") + ".");
  }

  /** Says what happened; the JDK has no words for the most frequent cases. */
  static String reason(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection within " + CONNECT.toSeconds() + " s";
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
