package dev.tintype.capture.field;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition on several fields. It is checked only if each of its fields could be read, and a
 * field that has its default counts as not given.
 */
public interface Rule {
  /** Every field that it looks at. */
  List<Field<?>> fields();

  /** How the values break it. */
  Optional<Violation> violation(Values values);

  /**
   * How values break a rule.
   *
   * @param field the field that is wrong; null if the request as a whole is
   * @param others the fields that are involved
   * @param detail the rest of a sentence that begins with the name of the field; {@code {1}} stands
   *     for the name of the first of the others, and so on
   */
  record Violation(@Nullable Field<?> field, List<Field<?>> others, String detail) {
    public Violation {
      others = List.copyOf(others);
    }

    public static Violation of(Field<?> field, String detail, Field<?>... others) {
      return new Violation(field, List.of(others), detail);
    }

    /** The error in the words of a place. */
    FieldError at(Place place) {
      List<String> names = others.stream().map(place::nameOf).toList();
      String text = detail;
      for (int i = 0; i < names.size(); i++) {
        text = text.replace("{" + (i + 1) + "}", names.get(i));
      }
      return field == null
          ? new FieldError(place, "", text, List.of())
          : new FieldError(place, place.nameOf(field), text, names);
    }
  }

  /** A field that has no effect without another. */
  static Rule requires(Field<?> field, Field<?> other) {
    return check(
        values ->
            values.has(field) && !values.has(other)
                ? Optional.of(Violation.of(field, "requires {1}", other))
                : Optional.empty(),
        field,
        other);
  }

  /** Two fields that contradict each other. */
  static Rule excludes(Field<?> field, Field<?> other) {
    return excludes(field, other, "cannot be combined with {1}; remove one of the two");
  }

  /**
   * Two fields that contradict each other.
   *
   * @param detail says why, and what to do
   */
  static Rule excludes(Field<?> field, Field<?> other, String detail) {
    return check(
        values ->
            values.has(field) && values.has(other)
                ? Optional.of(Violation.of(field, detail, other))
                : Optional.empty(),
        field,
        other);
  }

  /** A field that has an effect only beside some values of another. */
  static <T> Rule onlyWith(Field<?> field, Field<T> other, Set<T> wanted) {
    String words =
        wanted.stream().map(Object::toString).sorted().collect(Collectors.joining(" or "));
    return check(
        values ->
            values.has(field) && !wanted.contains(values.get(other))
                ? Optional.of(
                    Violation.of(
                        field,
                        "applies only if {1} is %s (it is %s)".formatted(words, values.get(other)),
                        other))
                : Optional.empty(),
        field,
        other);
  }

  /** Fields of which a request needs exactly one. */
  static Rule exactlyOneOf(Field<?>... fields) {
    return check(
        values -> {
          List<Field<?>> given = Stream.of(fields).filter(values::has).toList();
          if (given.isEmpty()) {
            return Optional.of(
                new Violation(null, List.of(fields), "requires " + places(fields.length, " or ")));
          }
          if (given.size() == 1) {
            return Optional.empty();
          }
          // The last one was probably added to a request that had been complete.
          int last = given.size() - 1;
          return Optional.of(
              new Violation(
                  given.get(last),
                  given.subList(0, last),
                  "cannot be combined with " + places(last, " and ") + "; give exactly one"));
        },
        fields);
  }

  /** Any other condition. */
  static Rule check(Function<Values, Optional<Violation>> condition, Field<?>... fields) {
    return new Rule() {
      @Override
      public List<Field<?>> fields() {
        return List.of(fields);
      }

      @Override
      public Optional<Violation> violation(Values values) {
        return condition.apply(values);
      }
    };
  }

  private static String places(int count, String between) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "{" + i + "}")
        .collect(Collectors.joining(between));
  }
}
