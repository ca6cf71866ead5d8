package dev.tintype.outbox;

import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.queue.LeaseReply;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * What a deliverer asks of the queue. Deliveries are made where jobs end, in the same atomic step;
 * here they are tried. Thread-safe; answers on the caller's context.
 */
public interface WebhookOutbox {
  /**
   * Takes deliveries that are due, a few of each receiver, and starts their leases. A lease is not
   * renewed: one that ends before {@link #settle} makes the delivery due again.
   *
   * @param nonce unique to this call; the same claim sent twice is answered with the same
   *     deliveries
   * @param limit at most so many, at least 1
   */
  Future<List<Delivery>> claim(String nonce, int limit);

  /**
   * Keeps the bytes that every try sends. Called before the first.
   *
   * @return the bytes to send, which may be those of somebody who was faster; empty if the lease is
   *     lost, and nothing is to be sent
   */
  Future<Optional<String>> saveBody(DeliveryLease lease, String body);

  /**
   * Ends a try.
   *
   * @return {@link LeaseReply#OK} or {@link LeaseReply#LEASE_LOST}
   */
  Future<LeaseReply> settle(
      DeliveryLease lease, DeliveryAttempt how, Settlement settlement, ReceiverState receiver);

  /**
   * Gives up deliveries that are too old, which their log says, and forgets those that ended beyond
   * what is kept.
   *
   * @param limit keeps one call short; what is left is for the next
   * @return how many it looked after; the limit or more if there may be others
   */
  Future<Integer> trim(int limit);
}
