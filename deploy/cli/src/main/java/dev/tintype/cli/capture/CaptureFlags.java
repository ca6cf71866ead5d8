package dev.tintype.cli.capture;

import dev.tintype.capture.CaptureOptions;
import dev.tintype.capture.Input;
import dev.tintype.capture.field.Field;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.Subcommand;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The fields of a capture as flags. Their values stay text: what is allowed is the server's to say.
 */
public final class CaptureFlags {
  private CaptureFlags() {}

  public static void addTo(CommandSpec spec) {
    fields().forEach(field -> spec.addOption(option(field)));
  }

  /** The flags that mean something for many captures: each has its own page. */
  public static void addSharedTo(CommandSpec spec) {
    fields().stream()
        .filter(field -> field != Input.HTML)
        .forEach(field -> spec.addOption(option(field)));
  }

  /** The fields that were set, by a flag or by the environment. */
  public static Map<Field<?>, List<String>> texts(CommandSpec spec) {
    Map<Field<?>, List<String>> texts = new LinkedHashMap<>();
    for (Field<?> field : fields()) {
      OptionSpec option = spec.findOption(Explanation.name(field));
      if (option != null && option.getValue() != null) {
        texts.put(
            field,
            option.getValue() instanceof List<?> values
                ? values.stream().map(Object::toString).toList()
                : List.of(option.getValue().toString()));
      }
    }
    return texts;
  }

  private static List<Field<?>> fields() {
    return CaptureOptions.fields().stream()
        .filter(field -> field.flag().isPresent() && field != Input.URL)
        .toList();
  }

  private static OptionSpec option(Field<?> field) {
    var option = OptionSpec.builder(Explanation.name(field));
    if (field.isFlag()) {
      option.type(Boolean.class).arity("0..1").fallbackValue("true");
      option.paramLabel(Subcommand.YES_OR_NO);
    } else if (field.isRepeatable()) {
      option.type(List.class).auxiliaryTypes(String.class).paramLabel("VALUE");
    } else {
      option.type(field == Input.HTML ? Path.class : String.class);
      option.paramLabel(field == Input.HTML ? "FILE" : "VALUE");
    }
    // A percent sign begins a format in picocli's texts.
    return option.description(description(field).replace("%", "%%")).build();
  }

  private static String description(Field<?> field) {
    if (field == Input.HTML) {
      return field.description() + " Read from FILE; - is standard input.";
    }
    if (field.isFlag()) {
      return field.description();
    }
    return field.description()
        + " Allowed is "
        + field.allowed()
        + "."
        + field.defaultText().map(value -> " Default: " + value + ".").orElse("");
  }
}
