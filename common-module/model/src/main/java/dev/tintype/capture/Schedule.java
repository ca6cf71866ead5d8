package dev.tintype.capture;

import static dev.tintype.capture.field.Types.duration;
import static dev.tintype.capture.field.Types.instant;
import static dev.tintype.capture.field.Types.word;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Rule;
import dev.tintype.capture.field.Rule.Violation;
import dev.tintype.capture.field.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a job runs.
 *
 * @param notBefore no attempt starts earlier; null for at once
 * @param deadline no attempt starts later, and a running one is stopped; null for none
 * @param queueTimeout how long the job may be queued before its first attempt; null for no limit
 */
public record Schedule(
    Priority priority,
    @Nullable Instant notBefore,
    @Nullable Instant deadline,
    @Nullable Duration queueTimeout) {
  public static final Field<Duration> QUEUE_TIMEOUT =
      Field.at(
              "/limits/queueTimeout",
              "queueTimeout",
              duration(Duration.ofSeconds(1), Duration.ofDays(7)))
          .describedAs(
              "Maximum time in the queue; a job that no browser has started by then expires.");

  public static final Field<Priority> PRIORITY =
      Field.at("/priority", "priority", word(Priority.class))
          .byDefault(Priority.NORMAL)
          .describedAs("Order among your own jobs; each class is worth ten minutes of queue time.");

  public static final Field<Instant> NOT_BEFORE =
      Field.at("/notBefore", "notBefore", instant())
          .describedAs("Time before which no attempt starts.");

  public static final Field<Instant> DEADLINE =
      Field.at("/deadline", "deadline", instant())
          .describedAs("Time at which a waiting job expires and a running attempt is stopped.");

  static final OptionGroup GROUP =
      OptionGroup.of("Schedule", QUEUE_TIMEOUT, PRIORITY, NOT_BEFORE, DEADLINE)
          .under(Rule.check(Schedule::deadlineIsLater, DEADLINE, NOT_BEFORE));

  /** As soon as a browser is free. */
  public static final Schedule AT_ONCE = of(Values.NONE);

  static Schedule of(Values values) {
    return new Schedule(
        values.get(PRIORITY),
        values.find(NOT_BEFORE),
        values.find(DEADLINE),
        values.find(QUEUE_TIMEOUT));
  }

  private static Optional<Violation> deadlineIsLater(Values values) {
    Instant notBefore = values.find(NOT_BEFORE);
    Instant deadline = values.find(DEADLINE);
    return notBefore == null || deadline == null || deadline.isAfter(notBefore)
        ? Optional.empty()
        : Optional.of(
            Violation.of(DEADLINE, "must be after {1}, which is " + notBefore, NOT_BEFORE));
  }
}
