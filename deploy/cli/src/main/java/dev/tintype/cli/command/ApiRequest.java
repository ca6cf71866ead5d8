package dev.tintype.cli.command;

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
public record ApiRequest(
    String method,
    String path,
    @Nullable ObjectNode body,
    @Nullable String output,
    boolean isStream) {
  public ApiRequest(
      String method, String path, @Nullable ObjectNode body, @Nullable String output) {
    this(method, path, body, output, false);
  }

  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, null, null);
  }

  public static ApiRequest follow(String path) {
    return new ApiRequest("GET", path, null, null, true);
  }

  public static ApiRequest submit(Capture capture) {
    return new ApiRequest("POST", "/v1/jobs", capture.json(), null);
  }

  /** For people to read. */
  public String text(ServerAddress server) {
    String line = method + " " + server.resolve(path);
    return body == null
        ? line
        : line + "\nContent-Type: application/json\n\n" + body.toPrettyString();
  }

  /** For programs: the body, or, without one, where the request goes. */
  public String json(ServerAddress server) {
    return body != null
        ? body.toString()
        : JsonNodeFactory.instance
            .objectNode()
            .put("method", method)
            .put("url", server.resolve(path).toString())
            .toString();
  }
}
