package dev.tintype.queue;

import java.time.Duration;

/** What follows a try. */
public sealed interface Settlement {
  /** The receiver has it. */
  record Delivered() implements Settlement {}

  /** It is tried again. */
  record Again(Duration after) implements Settlement {}

  /**
   * It is tried no more.
   *
   * @param stopEndpoint the receiver wants no more calls at all: its endpoint is disabled
   */
  record GivenUp(boolean stopEndpoint) implements Settlement {}

  /**
   * What a try tells of the receiver as a whole, beside the one delivery.
   *
   * @param atFault it was not there, not in time, or said itself that it cannot now; several in a
   *     row, and it is let rest
   * @param pause how long it asked not to be called; zero if it did not
   */
  record ReceiverState(boolean atFault, Duration pause) {
    /** It answers, whatever it says. */
    public static final ReceiverState WELL = new ReceiverState(false, Duration.ZERO);

    /** It does not answer as one that works does. */
    public static final ReceiverState AT_FAULT = new ReceiverState(true, Duration.ZERO);
  }
}
