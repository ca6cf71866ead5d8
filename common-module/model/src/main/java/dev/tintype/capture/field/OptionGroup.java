package dev.tintype.capture.field;

import java.util.List;

/**
 * Fields that belong together, with the rules about them.
 *
 * @param name heading in the help and in the documentation
 */
public record OptionGroup(String name, List<Field<?>> fields, List<Rule> rules) {
  public OptionGroup {
    fields = List.copyOf(fields);
    rules = List.copyOf(rules);
  }

  public static OptionGroup of(String name, Field<?>... fields) {
    return new OptionGroup(name, List.of(fields), List.of());
  }

  /** The same with rules. They may name fields of other groups, too. */
  public OptionGroup under(Rule... more) {
    return new OptionGroup(name, fields, List.of(more));
  }
}
