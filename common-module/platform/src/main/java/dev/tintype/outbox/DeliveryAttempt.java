package dev.tintype.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one try of a delivery went, for its log.
 *
 * @param outcome a stable word for programs: {@code delivered}, {@code status}, {@code timeout},
 *     {@code connection_failed}, ...
 * @param message for people: what happened, within which limit
 * @param status of the answer; null if there was none
 * @param took from the look-up of the name to the end of the answer; null if nobody knows
 * @param answer the first KiB of its body, as text
 */
public record DeliveryAttempt(
    String outcome,
    String message,
    @Nullable Integer status,
    @Nullable Duration took,
    @Nullable String answer) {}
