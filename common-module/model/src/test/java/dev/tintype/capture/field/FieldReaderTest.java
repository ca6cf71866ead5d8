package dev.tintype.capture.field;

import static dev.tintype.capture.field.Types.flag;
import static dev.tintype.capture.field.Types.list;
import static dev.tintype.capture.field.Types.map;
import static dev.tintype.capture.field.Types.object;
import static dev.tintype.capture.field.Types.text;
import static dev.tintype.capture.field.Types.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.ObjectType.Part;
import dev.tintype.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fields that no capture has yet: lists, maps, objects, secrets, and rules between them. */
class FieldReaderTest {
  record Clip(int x, int width) {}

  private static final Part<Clip, Integer> X = Part.of("x", whole(0, 100), Clip::x);
  private static final Part<Clip, Integer> WIDTH = Part.of("width", whole(1, 100), Clip::width);
  private static final Field<Boolean> WHOLE =
      Field.at("/area/whole", "whole", flag()).byDefault(false);
  private static final Field<List<String>> HIDE = Field.at("/page/hide", "hide", list(text(9), 2));
  private static final Field<Clip> CLIP =
      Field.at(
          "/area/clip",
          "clip",
          object(List.of(X, WIDTH), parts -> new Clip(parts.get(X), parts.get(WIDTH))));
  private static final Field<Map<String, String>> HEADERS =
      Field.inBody("/session/headers", map(text(9), 2));
  private static final FieldTable TABLE =
      FieldTable.of(
          OptionGroup.of("Invented", WHOLE, HIDE, CLIP, HEADERS)
              .under(Rule.excludes(CLIP, WHOLE), Rule.requires(HIDE, WHOLE)));

  @Test
  void listsAreArraysOrRepeatedParameters() {
    assertThat(query("hide", ".a, .b", "hide", ".c").values().get(HIDE))
        .containsExactly(".a, .b", ".c");
    assertThat(body("{\"page\":{\"hide\":\".a\"}}").values().get(HIDE)).containsExactly(".a");
    assertThat(body("{\"page\":{\"hide\":[\".a\",7]}}").errors())
        .containsExactly(
            new FieldError("/page/hide/1", "must be text of 1 to 9 characters (got 7)"));
    assertThat(query("whole", "true", "whole", "false").errors())
        .containsExactly(FieldError.ofParameter("whole", "is given 2 times; give it once"));
  }

  @Test
  void objectsHaveNamedPartsAndACompactSpelling() {
    assertThat(query("clip", "3,4").values().get(CLIP)).isEqualTo(new Clip(3, 4));
    assertThat(body("{\"area\":{\"clip\":{\"x\":3,\"width\":4}}}").values().get(CLIP))
        .isEqualTo(new Clip(3, 4));
    assertThat(body("{\"area\":{\"clip\":{\"x\":300,\"heigth\":4}}}").errors())
        .extracting(FieldError::name)
        .containsExactly("/area/clip/heigth", "/area/clip/x", "/area/clip/width");
    assertThat(TABLE.write(Values.NONE.with(CLIP, new Clip(3, 4))).toString())
        .isEqualTo("{\"area\":{\"clip\":{\"x\":3,\"width\":4}}}");
  }

  @Test
  void secretsAreNeitherParametersNorRepeated() {
    assertThat(query("session.headers", "a=b").errors().get(0).detail())
        .isEqualTo("is allowed in a body only, because addresses end in logs");
    assertThat(body("{\"session\":{\"headers\":{\"a\":7}}}").errors())
        .containsExactly(new FieldError("/session/headers/a", "must be text of 1 to 9 characters"));
    assertThat(body("{\"session\":{\"headers\":{\"b\":\"1\",\"a\":\"2\"}}}").values().get(HEADERS))
        .containsExactly(Map.entry("a", "2"), Map.entry("b", "1"));
  }

  @Test
  void rulesNameBothFieldsInTheWordsOfThePlace() {
    String both = "{\"area\":{\"whole\":true,\"clip\":{\"x\":3,\"width\":4}}}";

    assertThat(body(both).check().errors())
        .containsExactly(
            new FieldError(
                Place.BODY,
                "/area/clip",
                "cannot be combined with /area/whole; remove one of the two",
                List.of("/area/whole")));
    assertThat(query("hide", ".a").check().errors())
        .containsExactly(new FieldError(Place.QUERY, "hide", "requires whole", List.of("whole")));
    assertThat(body(both.replace("true", "false")).check().errors()).isEmpty();
  }

  private static FieldReader body(String json) {
    return new FieldReader(TABLE, Place.BODY).body(Json.read(json, ObjectNode.class));
  }

  private static FieldReader query(String... namesAndValues) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new FieldReader(TABLE, Place.QUERY).query(parameters);
  }
}
