package dev.tintype.capture.field;

import dev.tintype.capture.field.ObjectType.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types of fields. Ranges include their ends. */
public final class Types {
  private Types() {}

  /** Text that is not blank, up to a number of characters. */
  public static FieldType<String> text(int maxLength) {
    return new TextType(maxLength);
  }

  /** Text in a narrow alphabet; {@code allowed} completes "must be ...". */
  public static FieldType<String> name(Pattern form, String allowed) {
    return new NameType(form, allowed);
  }

  /** An http or https address that a browser can open. */
  public static FieldType<String> pageAddress(int maxLength) {
    return new PageAddressType(maxLength);
  }

  /** An http or https address that a server calls: without user and password. */
  public static FieldType<String> callAddress(int maxLength) {
    return new CallAddressType(maxLength);
  }

  public static FieldType<Integer> whole(int min, int max) {
    return new WholeType(min, max);
  }

  public static FieldType<Double> decimal(double min, double max) {
    return new DecimalType(min, max);
  }

  public static FieldType<Boolean> flag() {
    return new FlagType();
  }

  /** One of the constants of an enum, which are written as their {@code toString}. */
  public static <E extends Enum<E>> FieldType<E> word(Class<E> words) {
    return new WordType<>(Arrays.asList(words.getEnumConstants()));
  }

  /** One or more of the constants of an enum, in any order. */
  public static <E extends Enum<E>> FieldType<Set<E>> words(Collection<E> allowed) {
    return new WordSetType<>(List.copyOf(allowed));
  }

  public static FieldType<Duration> duration(Duration min, Duration max) {
    return new DurationType(min, max);
  }

  public static FieldType<Instant> instant() {
    return new InstantType();
  }

  /** A list of 1 to {@code maxItems} values; one value alone is a list of one. */
  public static <T> FieldType<List<T>> list(FieldType<T> item, int maxItems) {
    return new ListType<>(item, maxItems);
  }

  /** Up to {@code maxEntries} values under names. */
  public static FieldType<Map<String, String>> map(FieldType<String> value, int maxEntries) {
    return new MapType(value, maxEntries);
  }

  /**
   * An object with named parts. Text spells it as its parts, in order, with commas between them;
   * optional parts come last.
   *
   * @param maker makes the value of its parts
   */
  public static <T> FieldType<T> object(
      List<Part<T, ?>> parts, Function<ObjectType.Parts, T> maker) {
    return new ObjectType<>(parts, maker);
  }

  /**
   * A JSON object whose content is the caller's; the value is its JSON text.
   *
   * @param maxDepth levels of nesting, the object itself included
   */
  public static FieldType<String> document(int maxBytes, int maxDepth) {
    return new DocumentType(maxBytes, maxDepth);
  }
}
