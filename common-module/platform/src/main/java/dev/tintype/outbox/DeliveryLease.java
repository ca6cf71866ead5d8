package dev.tintype.outbox;

import dev.tintype.queue.Lease;

/**
 * A deliverer's right to one try of one delivery, for a short time. The attempt is the fencing
 * token, as that of a {@link Lease} is; it grows with every attempt, also those of a redelivery.
 */
public record DeliveryLease(DeliveryId delivery, int attempt) {}
