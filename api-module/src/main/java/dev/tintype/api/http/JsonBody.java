package dev.tintype.api.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.FieldError;
import dev.tintype.capture.field.NearestName;
import dev.tintype.json.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of a request as JSON, or what is wrong with it. */
public final class JsonBody {
  private JsonBody() {}

  /** Any JSON; a missing node if there is no body. */
  public static JsonNode of(Buffer body) {
    try (JsonParser parser = Json.MAPPER.createParser(body.getBytes())) {
      try {
        JsonNode json = Json.MAPPER.readTree(parser);
        if (parser.nextToken() != null) {
          throw new JsonParseException(parser, "there is more after the end of the object");
        }
        return json == null ? MissingNode.getInstance() : json;
      } catch (JsonProcessingException e) {
        JsonLocation at = parser.currentLocation();
        String detail =
            "is not JSON at line %d, column %d: %s"
                .formatted(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage());
        throw new RequestProblem(
            ProblemCode.INVALID_JSON,
            "the body " + detail,
            List.of(new FieldError(topLevelField(parser), detail)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the parser gave up, as far as a client will recognize it. */
  private static String topLevelField(JsonParser parser) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    int end = pointer.indexOf('/', 1);
    return end < 0 ? pointer : pointer.substring(0, end);
  }

  /**
   * The texts of an object that holds nothing but texts. No body is as good as an empty object.
   *
   * @param known names that it may have
   */
  public static Map<String, String> texts(Buffer body, List<String> known) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode json = of(body);
    if (!json.isMissingNode() && !json.isObject()) {
      throw invalid(List.of(new FieldError("", "the body is not a JSON object")));
    }
    List<FieldError> errors = new ArrayList<>();
    json.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              if (!known.contains(name)) {
                String hint =
                    NearestName.of(name, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known are " + String.join(", ", known));
                errors.add(new FieldError("/" + name, "is not a known field; " + hint));
              } else if (field.getValue().isTextual()) {
                texts.put(name, field.getValue().textValue());
              } else if (!field.getValue().isNull()) {
                errors.add(new FieldError("/" + name, "is not a text"));
              }
            });
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    return texts;
  }

  /** A field of such a body that is wrong. */
  public static RequestProblem invalid(String field, String detail) {
    return invalid(List.of(new FieldError("/" + field, detail)));
  }

  public static RequestProblem invalid(List<FieldError> errors) {
    return new RequestProblem(
        ProblemCode.INVALID_WEBHOOK,
        String.join(
            "; ",
            errors.stream()
                .map(error -> (error.pointer() + " " + error.detail()).strip())
                .toList()),
        errors);
  }
}
