package dev.tintype.cli.capture;

import dev.tintype.capture.CaptureOptions;
import dev.tintype.capture.Input;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.Subcommand;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The fields of a capture as flags. Their values stay text: what is allowed is the server's to say.
 */
public final class CaptureFlags {
  private CaptureFlags() {}

  /** Adds the flags under a heading for each group. */
  public static void addTo(CommandSpec spec) {
    addTo(spec, field -> true);
  }

  /** Adds the flags that can be shared by many captures, which each have their own page. */
  public static void addSharedTo(CommandSpec spec) {
    addTo(spec, field -> field != Input.HTML);
  }

  private static void addTo(CommandSpec spec, Predicate<Field<?>> wanted) {
    for (OptionGroup group : CaptureOptions.TABLE.groups()) {
      // For the help alone: which fields exclude each other is the server's to say.
      var flags = ArgGroupSpec.builder().heading("%n" + group.name() + "%n").validate(false);
      group.fields().stream()
          .filter(CaptureFlags::isFlag)
          .filter(wanted)
          .map(CaptureFlags::option)
          .forEach(flags::addArg);
      if (!flags.args().isEmpty()) {
        spec.addArgGroup(flags.build());
      }
    }
  }

  /** The fields that were set, by a flag or by the environment. */
  public static Map<Field<?>, List<String>> texts(CommandSpec spec) {
    Map<Field<?>, List<String>> texts = new LinkedHashMap<>();
    for (Field<?> field : fields()) {
      OptionSpec option = spec.findOption(Explanation.name(field));
      Object value = option == null ? null : valueOf(spec, option);
      if (value instanceof List<?> values) {
        texts.put(field, values.stream().map(Object::toString).toList());
      } else if (value != null) {
        texts.put(field, List.of(value.toString()));
      }
    }
    return texts;
  }

  /** Picocli asks for the default of a grouped flag only if another flag of its group is given. */
  private static @Nullable Object valueOf(CommandSpec spec, OptionSpec option) {
    Object value = option.getValue();
    if (value != null || spec.defaultValueProvider() == null) {
      return value;
    }
    try {
      return spec.defaultValueProvider().defaultValue(option);
    } catch (Exception e) {
      throw new IllegalStateException("no default for " + option.longestName(), e);
    }
  }

  private static List<Field<?>> fields() {
    return CaptureOptions.fields().stream().filter(CaptureFlags::isFlag).toList();
  }

  private static boolean isFlag(Field<?> field) {
    return field.flag().isPresent() && field != Input.URL;
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
