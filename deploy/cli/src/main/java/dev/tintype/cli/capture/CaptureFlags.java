package dev.tintype.cli.capture;

import dev.tintype.capture.CaptureField;
import dev.tintype.capture.Durations;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.Subcommand;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
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
        .filter(field -> field != CaptureField.HTML)
        .forEach(field -> spec.addOption(option(field)));
  }

  /** The fields that were set, by a flag or by the environment. */
  public static Map<CaptureField, String> texts(CommandSpec spec) {
    Map<CaptureField, String> texts = new EnumMap<>(CaptureField.class);
    for (CaptureField field : fields()) {
      OptionSpec option = spec.findOption(Explanation.name(field));
      if (option != null && option.getValue() != null) {
        texts.put(field, option.getValue().toString());
      }
    }
    return texts;
  }

  private static List<CaptureField> fields() {
    return Arrays.stream(CaptureField.values()).filter(f -> f != CaptureField.URL).toList();
  }

  private static OptionSpec option(CaptureField field) {
    var option = OptionSpec.builder(Explanation.name(field));
    if (field.isFlag()) {
      option.type(Boolean.class).arity("0..1").fallbackValue("true");
      option.paramLabel(Subcommand.YES_OR_NO);
    } else {
      option.type(String.class).paramLabel(field == CaptureField.HTML ? "FILE" : "VALUE");
    }
    // A percent sign begins a format in picocli's texts.
    return option.description(description(field).replace("%", "%%")).build();
  }

  private static String description(CaptureField field) {
    if (field == CaptureField.HTML) {
      return field.description() + " Read from FILE; - is standard input.";
    }
    if (field.isFlag()) {
      return field.description();
    }
    return field.description()
        + " Allowed is "
        + field.allowed()
        + "."
        + field.defaultValue().map(value -> " Default: " + spelled(value) + ".").orElse("");
  }

  private static String spelled(Object value) {
    return value instanceof Duration time ? Durations.spell(time) : value.toString();
  }
}
