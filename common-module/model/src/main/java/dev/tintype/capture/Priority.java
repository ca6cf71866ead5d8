package dev.tintype.capture;

import java.time.Duration;
import java.util.Locale;

/**
 * Which of a tenant's jobs goes first. Between tenants it has no say: there the browser time
 * decides, so nobody gains by calling everything urgent.
 *
 * <p>A class is a head start and not a wall: a job is served as if it had come that much earlier,
 * so that a low one waits for ten minutes behind later normal ones, and not for ever.
 */
public enum Priority {
  HIGH(Duration.ZERO),
  NORMAL(Duration.ofMinutes(10)),
  LOW(Duration.ofMinutes(20));

  private final Duration handicap;
  private final String word = name().toLowerCase(Locale.ROOT);

  Priority(Duration handicap) {
    this.handicap = handicap;
  }

  /** How much earlier than a high one it must have come to be served before it. */
  public Duration handicap() {
    return handicap;
  }

  @Override
  public String toString() {
    return word;
  }
}
