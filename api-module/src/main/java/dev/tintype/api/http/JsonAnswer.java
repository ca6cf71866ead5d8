package dev.tintype.api.http;

import dev.tintype.json.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Ends a request with a value as JSON, which no cache may keep. */
public final class JsonAnswer {
  private JsonAnswer() {}

  public static Future<Void> send(HttpServerRequest request, String mediaType, Object value) {
    Buffer body = Buffer.buffer(Json.writeWire(value));
    var response =
        request
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (request.method().equals(HttpMethod.HEAD)) {
      // Vert.x would send the body of a HEAD over HTTP/2.
      return response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end();
    }
    return response.end(body);
  }
}
