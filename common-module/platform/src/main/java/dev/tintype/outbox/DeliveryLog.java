package dev.tintype.outbox;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of deliveries, and another chance. Thread-safe; answers on the caller's context. */
public interface DeliveryLog {
  /**
   * The tenant's deliveries, the newest first.
   *
   * @param cursor of the page before; null for the first
   * @param limit at most so many, 1 to 1,000
   */
  Future<Page> list(Tenant tenant, @Nullable String cursor, int limit);

  /** The deliveries of one job, whosever it is. */
  Future<List<LoggedDelivery>> listOfJob(JobId job);

  /** One delivery, with its tries; empty if the tenant has none of this id. */
  Future<Optional<LoggedDelivery>> find(Tenant tenant, DeliveryId id);

  /**
   * Begins a delivery anew: at once, with all its tries, under the same id and with the same body.
   *
   * @return false if the tenant has no such delivery
   */
  Future<Boolean> redeliver(Tenant tenant, DeliveryId id);

  /**
   * Begins those anew that were made at or after this moment and given up.
   *
   * @return how many
   */
  Future<Integer> redeliverSince(Tenant tenant, Instant since);

  /**
   * Sends an endpoint an event that tells of nothing.
   *
   * @return false if the tenant has no such endpoint
   */
  Future<Boolean> test(Tenant tenant, String endpoint, DeliveryId id);

  /**
   * Some deliveries.
   *
   * @param cursor for those after them; null if there are none
   */
  record Page(List<LoggedDelivery> deliveries, @Nullable String cursor) {
    public Page {
      deliveries = List.copyOf(deliveries);
    }
  }
}
