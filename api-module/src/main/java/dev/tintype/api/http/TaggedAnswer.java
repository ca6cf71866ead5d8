package dev.tintype.api.http;

import dev.tintype.json.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * Bytes that a client may keep, if it asks each time whether they still stand; if they do, it is
 * told just that.
 */
public record TaggedAnswer(String mediaType, Buffer body, EntityTag tag) {
  public static TaggedAnswer of(String mediaType, Buffer body) {
    return new TaggedAnswer(mediaType, body, EntityTag.of(body));
  }

  public static TaggedAnswer ofJson(Object value) {
    return of("application/json", Buffer.buffer(Json.writeWire(value)));
  }

  public Future<Void> send(HttpServerRequest request) {
    var response =
        request
            .response()
            .putHeader(HttpHeaders.ETAG, tag.value())
            .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    if (tag.isKnownTo(request)) {
      return response.setStatusCode(304).end();
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
    if (request.method().equals(HttpMethod.HEAD)) {
      // Vert.x would send the body of a HEAD over HTTP/2.
      return response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end();
    }
    return response.end(body);
  }
}
