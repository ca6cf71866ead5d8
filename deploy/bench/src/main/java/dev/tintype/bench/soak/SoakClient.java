package dev.tintype.bench.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A client as one should be: it repeats a request until somebody has answered it. */
final class SoakClient {
  // The API gives Redis 3 s before it answers 503.
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PAUSE_MILLIS = 100;
  private static final int TRIES = 3_000;
  private static final Set<Integer> NO_ANSWER = Set.of(502, 503, 504);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI server;

  SoakClient(URI server) {
    this.server = server;
  }

  HttpRequest submission(SoakOrder order, String body) {
    return request("/v1/jobs")
        .header("X-Tenant", order.tenant())
        .header("Idempotency-Key", order.key())
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  HttpRequest cancellation(String id) {
    return request("/v1/jobs/" + id + "/cancel").POST(BodyPublishers.noBody()).build();
  }

  HttpRequest job(String id) {
    return request("/v1/jobs/" + id).build();
  }

  HttpRequest image(String id) {
    return request("/v1/jobs/" + id + "/image").build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
  }

  /** The first answer that is not of a server that is away. */
  HttpResponse<byte[]> untilAnswered(HttpRequest request) throws IOException, InterruptedException {
    for (int trial = 0; trial < TRIES; trial++) {
      try {
        HttpResponse<byte[]> answer = once(request);
        if (!NO_ANSWER.contains(answer.statusCode())) {
          return answer;
        }
      } catch (IOException away) {
        // Refused, cut, or too late: whether it was carried out is not known.
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new IOException("nobody answers " + request);
  }

  HttpResponse<byte[]> once(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofByteArray());
  }
}
