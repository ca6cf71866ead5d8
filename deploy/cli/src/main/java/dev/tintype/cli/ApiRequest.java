package dev.tintype.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.client.Capture;
import dev.tintype.client.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request as it would be sent, to be shown.
 *
 * @param path from the root of the API
 * @param body null if there is none
 * @param output file that the answer goes to; null for standard output
 * @param isStream whether each part of the answer is of interest as it comes
 */
record ApiRequest(
    String method,
    String path,
    @Nullable ObjectNode body,
    @Nullable String output,
    boolean isStream) {
  ApiRequest(String method, String path, @Nullable ObjectNode body, @Nullable String output) {
    this(method, path, body, output, false);
  }

  static ApiRequest get(String path) {
    return new ApiRequest("GET", path, null, null);
  }

  static ApiRequest follow(String path) {
    return new ApiRequest("GET", path, null, null, true);
  }

  static ApiRequest submit(Capture capture) {
    return new ApiRequest("POST", "/v1/jobs", capture.json(), null);
  }

  /** For people to read. */
  String text(ServerAddress server) {
    String line = method + " " + server.resolve(path);
    return body == null
        ? line
        : line + "\nContent-Type: application/json\n\n" + body.toPrettyString();
  }

  /** For programs: the body, or, without one, where the request goes. */
  String json(ServerAddress server) {
    return body != null
        ? body.toString()
        : JsonNodeFactory.instance
            .objectNode()
            .put("method", method)
            .put("url", server.resolve(path).toString())
            .toString();
  }
}
