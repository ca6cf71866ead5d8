package dev.tintype.outbox;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of deliveries, and their redelivery.
 *
 * <p>Thread-safe. Futures complete on the caller's context and fail with {@link
 * dev.tintype.queue.QueueUnavailableException} when Redis cannot be reached.
 */
public interface DeliveryLog {
  /**
   * Lists the tenant's deliveries, newest first.
   *
   * @param cursor of the page before; null for the first
   * @param limit maximum number of deliveries, 1 to 1,000
   */
  Future<Page> list(Tenant tenant, @Nullable String cursor, int limit);

  /** Lists the deliveries of one job, of any tenant. */
  Future<List<LoggedDelivery>> listOfJob(JobId job);

  /** Finds a delivery with its attempts; empty if the tenant has none with this ID. */
  Future<Optional<LoggedDelivery>> find(Tenant tenant, DeliveryId id);

  /**
   * Restarts a delivery: due now, with all its attempts, the same ID and the same body.
   *
   * @return false if the tenant has no such delivery
   */
  Future<Boolean> redeliver(Tenant tenant, DeliveryId id);

  /**
   * Restarts the deliveries that were created at or after this time and given up.
   *
   * @return number of deliveries restarted
   */
  Future<Integer> redeliverSince(Tenant tenant, Instant since);

  /**
   * Sends a test event to an endpoint.
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
