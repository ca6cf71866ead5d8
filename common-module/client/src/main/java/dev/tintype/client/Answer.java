package dev.tintype.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tintype.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What came back, from the API or from a proxy that speaks in its place.
 *
 * @param json the body; missing if it is not JSON
 * @param retryAfter when it is worth asking again; zero if nothing was said
 */
record Answer(int status, JsonNode json, Duration retryAfter) {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

  static Answer of(HttpResponse<byte[]> response) {
    return of(response, response.body());
  }

  /** For an answer whose body is of no interest yet. */
  static Answer withoutBody(HttpResponse<?> response) {
    return of(response, new byte[0]);
  }

  private static Answer of(HttpResponse<?> response, byte[] body) {
    Duration retryAfter =
        response
            .headers()
            .firstValue("Retry-After")
            // The other form, a date, needs two clocks that agree; no answer of ours has it.
            .filter(text -> SECONDS.matcher(text).matches())
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(Duration.ZERO);
    return new Answer(
        response.statusCode(), parse(new String(body, StandardCharsets.UTF_8)), retryAfter);
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /** A proxy or an API without its queue: the next time may be better. */
  boolean isPassing() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** Missing if it is not JSON. */
  static JsonNode parse(String text) {
    try {
      JsonNode json = Json.MAPPER.readTree(text);
      return json == null ? MissingNode.getInstance() : json;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
