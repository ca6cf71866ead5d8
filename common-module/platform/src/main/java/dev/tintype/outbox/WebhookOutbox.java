package dev.tintype.outbox;

import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.queue.LeaseReply;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The outbox as a deliverer uses it. The step that ends a job also creates its deliveries.
 *
 * <p>Thread-safe. Futures complete on the caller's context and fail with {@link
 * dev.tintype.queue.QueueUnavailableException} when Redis cannot be reached.
 */
public interface WebhookOutbox {
  /**
   * Claims deliveries that are due, a few for each receiver, and starts their leases. Leases cannot
   * be renewed: a delivery whose lease ends before {@link #settle} is due again.
   *
   * @param nonce unique to this call; a repeated claim with the same nonce gets the same deliveries
   * @param limit maximum number of deliveries, 1 or more
   */
  Future<List<Delivery>> claim(String nonce, int limit);

  /**
   * Stores the body that every attempt sends, before the first attempt.
   *
   * @return the body to send, which is an earlier one if there is one; empty if the lease is lost,
   *     and nothing must be sent
   */
  Future<Optional<String>> saveBody(DeliveryLease lease, String body);

  /**
   * Ends an attempt.
   *
   * @return {@link LeaseReply#OK} or {@link LeaseReply#LEASE_LOST}
   */
  Future<LeaseReply> settle(
      DeliveryLease lease, DeliveryAttempt how, Settlement settlement, ReceiverState receiver);

  /**
   * Gives up deliveries that are too old, and deletes ended ones beyond the limits.
   *
   * @param limit keeps one call short; the next call does the rest
   * @return number of deliveries handled; the limit or more if there may be others
   */
  Future<Integer> trim(int limit);
}
