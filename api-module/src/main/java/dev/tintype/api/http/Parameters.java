package dev.tintype.api.http;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.FieldError;
import dev.tintype.capture.field.NearestName;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters, of which all that are wrong are refused at once, and those that nobody reads,
 * too: a filter with a mistyped name would answer with everything.
 */
public final class Parameters {
  public static final String MOMENT = "a moment since 1970, such as 2030-01-31T18:00:00Z";

  // What the time in an id has room for.
  private static final Instant LAST = Instant.ofEpochMilli((1L << 48) - 1);

  private static final int USUAL_PAGE = 50;
  private static final int LONGEST_PAGE = 200;

  private final RoutingContext ctx;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  public Parameters(RoutingContext ctx) {
    this.ctx = ctx;
  }

  /**
   * One of them.
   *
   * @param allowed what it may be, for who has sent something else
   * @param reader throws if it is something else
   * @return null if it is not there, or wrong, which {@link #check} says
   */
  public <T> @Nullable T read(String name, String allowed, Function<String, T> reader) {
    known.add(name);
    String text = ctx.queryParams().get(name);
    try {
      return text == null ? null : reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      errors.add(new FieldError("/" + name, "is \"" + text + "\"; allowed is " + allowed));
      return null;
    }
  }

  /** How many a page has at most. */
  public int limit() {
    Integer limit =
        read(
            "limit",
            "1 to " + LONGEST_PAGE,
            text -> {
              int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
              if (number < 1 || number > LONGEST_PAGE) {
                throw new IllegalArgumentException(text);
              }
              return number;
            });
    return limit == null ? USUAL_PAGE : limit;
  }

  /**
   * Reads what {@link #MOMENT} says.
   *
   * @throws IllegalArgumentException if it is out of range
   * @throws DateTimeException if it is none
   */
  public static Instant moment(String text) {
    Instant moment = OffsetDateTime.parse(text).toInstant();
    if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LAST)) {
      throw new IllegalArgumentException(text);
    }
    return moment;
  }

  /** Throws the problem, if there is one. To be called when all that are known have been read. */
  public void check() {
    for (String name : ctx.queryParams().names()) {
      if (!known.contains(name)) {
        String guess =
            NearestName.of(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", known));
        errors.add(new FieldError("/" + name, "is not a known parameter; " + guess));
      }
    }
    if (!errors.isEmpty()) {
      FieldError first = errors.get(0);
      throw new RequestProblem(
          ProblemCode.INVALID_PARAMETER,
          first.pointer().substring(1) + " " + first.detail(),
          errors);
    }
  }
}
