package dev.tintype.outbox;

import java.time.Duration;
import java.util.Locale;

/** What follows a try. */
public sealed interface Settlement {
  /** The receiver has it. */
  record Delivered() implements Settlement {}

  /** It is tried again. */
  record Retry(Duration after) implements Settlement {}

  /**
   * It is tried no more.
   *
   * @param stopEndpoint the receiver wants no more calls at all: its endpoint is disabled
   */
  record GivenUp(boolean stopEndpoint) implements Settlement {}

  /**
   * What an attempt shows about the receiver as a whole.
   *
   * @param pause how long it asked not to be called; zero if it did not
   */
  record ReceiverState(Health health, Duration pause) {
    public static final ReceiverState HEALTHY = new ReceiverState(Health.HEALTHY, Duration.ZERO);
    public static final ReceiverState FAILING = new ReceiverState(Health.FAILING, Duration.ZERO);
    public static final ReceiverState UNKNOWN = new ReceiverState(Health.UNKNOWN, Duration.ZERO);
  }

  /** How a receiver seems to be. */
  enum Health {
    /** It answers, whatever it says. */
    HEALTHY,
    /**
     * It was not there, not in time, or said itself that it cannot now; several in a row, and it is
     * let rest.
     */
    FAILING,
    /** It was not asked: what went wrong is on this side. */
    UNKNOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
