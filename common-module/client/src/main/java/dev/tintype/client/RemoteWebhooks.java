package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.Durations;
import dev.tintype.job.JobId;
import dev.tintype.webhook.SigningKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of one API: what became of them, another chance for them, whom they call and what
 * signs them. Calls block, repeat and fail as those of {@link TintypeClient} do. Thread-safe.
 */
public final class RemoteWebhooks {
  private static final String DELIVERIES = "/v1/webhooks/deliveries";
  private static final String ENDPOINTS = "/v1/webhooks/endpoints";
  private static final String SECRETS = "/v1/webhooks/secrets/";

  // As many as the API gives at a time.
  private static final int LONGEST_PAGE = 200;

  private final Exchanges exchanges;

  RemoteWebhooks(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /**
   * The newest deliveries, the newest first.
   *
   * @param since those made before are left out; {@code Instant.EPOCH} leaves out none
   * @param limit at most so many; asked for page by page
   */
  public List<RemoteDelivery> deliveries(Instant since, int limit) {
    List<RemoteDelivery> found = new ArrayList<>();
    String cursor = "";
    while (found.size() < limit) {
      int page = Math.min(limit - found.size(), LONGEST_PAGE);
      JsonNode answer = get(DELIVERIES + "?limit=" + page + cursor);
      for (RemoteDelivery delivery : deliveries(answer)) {
        if (delivery.createdAt().filter(since::isAfter).isPresent()) {
          return found;
        }
        found.add(delivery);
      }
      if (!answer.path("cursor").isTextual()) {
        return found;
      }
      cursor = "&cursor=" + encoded(answer.path("cursor").textValue());
    }
    return found;
  }

  /** The deliveries of one job; empty if it has no receiver or was deleted. */
  public List<RemoteDelivery> deliveries(JobId job) {
    return deliveries(get("/v1/jobs/" + job + "/deliveries"));
  }

  /** A delivery as it is now. */
  public RemoteDelivery delivery(String id) {
    JsonNode json = get(DELIVERIES + "/" + encoded(id));
    if (!RemoteDelivery.isDelivery(json)) {
      throw notOurs(json);
    }
    return new RemoteDelivery(json);
  }

  /**
   * Waits for the first attempt of a delivery.
   *
   * @param limit how long at most
   * @return the delivery after its first attempt, or as it is when the time is over
   */
  public RemoteDelivery awaitTry(String id, Duration limit) {
    long begin = System.nanoTime();
    for (int looks = 1; ; looks++) {
      RemoteDelivery delivery = delivery(id);
      Duration left = limit.minus(Pacing.since(begin));
      if (!delivery.attempts().isEmpty() || left.isNegative() || left.isZero()) {
        return delivery;
      }
      Pacing.rest(Pacing.shorter(left, exchanges.pacing().backoff(looks)));
    }
  }

  /** Begins a delivery anew: at once, under the same id, with the same body. */
  public void redeliver(String id) {
    JsonNode json = post(DELIVERIES + "/" + encoded(id) + "/redeliver", null);
    if (!RemoteDelivery.isDelivery(json)) {
      throw notOurs(json);
    }
  }

  /**
   * Begins those anew that were made since this moment and given up. What is sent again, because an
   * answer was lost, begins none a second time.
   *
   * @return how many, by the request that was answered; those of one whose answer was lost are not
   *     among them
   */
  public int redeliverSince(Instant since) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("since", since.toString());
    JsonNode json = post(DELIVERIES + "/redeliver", body);
    if (!json.path("redelivered").isInt()) {
      throw notOurs(json);
    }
    return json.path("redelivered").intValue();
  }

  /**
   * Sends an endpoint an event that tells of nothing; or two, if an answer is lost and this is sent
   * again.
   *
   * @return the id of the delivery that was answered
   */
  public String test(String endpoint) {
    JsonNode json = post(ENDPOINTS + "/" + encoded(endpoint) + "/test", null);
    if (!RemoteDelivery.isDelivery(json)) {
      throw notOurs(json);
    }
    return json.path("id").textValue();
  }

  /** All endpoints. */
  public List<RemoteEndpoint> endpoints() {
    JsonNode answer = get(ENDPOINTS);
    if (!answer.path("endpoints").isArray()) {
      throw notOurs(answer);
    }
    return StreamSupport.stream(answer.path("endpoints").spliterator(), false)
        .map(RemoteEndpoint::new)
        .toList();
  }

  /**
   * Has an address called at the end of every job. Sent once: an answer that is lost may leave an
   * endpoint, which {@link #endpoints()} shows.
   *
   * @param events the short words of what it is to be told; empty is all
   */
  public RemoteEndpoint createEndpoint(String url, List<String> events) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", url);
    if (!events.isEmpty()) {
      events.forEach(body.putArray("events")::add);
    }
    try {
      Answer answer = Answer.of(exchanges.once(request("POST", ENDPOINTS, body), Exchanges.SHORT));
      if (!answer.isSuccess() || !RemoteEndpoint.isEndpoint(answer.json())) {
        throw new ProblemException(exchanges.server(), answer);
      }
      return new RemoteEndpoint(answer.json());
    } catch (IOException e) {
      throw new ServerAwayException(
          "no answer from " + exchanges.server() + " (" + exchanges.reason(e) + ")", false);
    }
  }

  /** Has an endpoint called no more. */
  public void deleteEndpoint(String id) {
    send(exchanges.request(ENDPOINTS + "/" + encoded(id)).DELETE().build());
  }

  /** A secret with its keys. */
  public RemoteSecret secret(String name) {
    return secret(get(SECRETS + encoded(name)));
  }

  /** Creates a secret, or returns the one of this name. */
  public RemoteSecret createSecret(String name) {
    return secret(send(request("PUT", SECRETS + encoded(name), null)));
  }

  /**
   * Gives a secret a new key; one, however often this has to be sent.
   *
   * @param overlap how long the key before signs too
   */
  public RemoteSecret rotateSecret(String name, Duration overlap) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("overlap", Durations.spell(overlap))
            .put("key", SigningKey.random(new SecureRandom()).text());
    return secret(post(SECRETS + encoded(name) + "/rotate", body));
  }

  /** Deletes a secret. Refused while it signs for an endpoint. */
  public void deleteSecret(String name) {
    send(exchanges.request(SECRETS + encoded(name)).DELETE().build());
  }

  private RemoteSecret secret(JsonNode json) {
    if (!RemoteSecret.isSecret(json)) {
      throw notOurs(json);
    }
    return new RemoteSecret(json);
  }

  private List<RemoteDelivery> deliveries(JsonNode answer) {
    if (!answer.path("deliveries").isArray()) {
      throw notOurs(answer);
    }
    return StreamSupport.stream(answer.path("deliveries").spliterator(), false)
        .map(RemoteDelivery::new)
        .toList();
  }

  private JsonNode get(String path) {
    return send(exchanges.request(path).build());
  }

  private JsonNode post(String path, @Nullable ObjectNode body) {
    return send(request("POST", path, body));
  }

  private JsonNode send(HttpRequest request) {
    Answer answer = Answer.of(exchanges.retrying(request, Exchanges.SHORT));
    if (!answer.isSuccess()) {
      throw new ProblemException(exchanges.server(), answer);
    }
    return answer.json();
  }

  private HttpRequest request(String method, String path, @Nullable ObjectNode body) {
    HttpRequest.Builder request = exchanges.request(path);
    BodyPublisher bytes = BodyPublishers.noBody();
    if (body != null) {
      request.header("Content-Type", "application/json");
      bytes = BodyPublishers.ofString(body.toString());
    }
    return request.method(method, bytes).build();
  }

  /** A success whose body is another server's. */
  private ProblemException notOurs(JsonNode json) {
    return new ProblemException(exchanges.server(), new Answer(200, json, Duration.ZERO));
  }

  private static String encoded(String segment) {
    if (segment.isEmpty()) {
      throw new IllegalArgumentException("the id or name is empty");
    }
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
