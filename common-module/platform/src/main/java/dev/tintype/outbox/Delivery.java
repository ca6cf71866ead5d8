package dev.tintype.outbox;

import dev.tintype.job.Batch;
import dev.tintype.job.Job;
import dev.tintype.job.Tenant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that a deliverer has claimed: its right to it, and what to send where.
 *
 * @param attempts including this one, since the delivery was created or last restarted
 * @param type of the event, {@code screenshot.succeeded}
 * @param url address of the receiver
 * @param createdAt when it happened
 * @param body the bytes that an earlier try has sent, or would have; null before the first
 * @param job as it ended; null once the body is stored, and for events without a job
 * @param batch as it ended; null once the body is stored, and for events without a batch
 * @param keys that sign, each as {@code whsec_...}, the newest first; empty if the secret is gone
 */
public record Delivery(
    DeliveryLease lease,
    int attempts,
    Tenant tenant,
    String type,
    String url,
    Instant createdAt,
    @Nullable String body,
    @Nullable Job job,
    @Nullable Batch batch,
    List<String> keys) {
  public Delivery {
    keys = List.copyOf(keys);
  }

  @Override
  public String toString() {
    // Not the keys, which would end in a log.
    return lease.delivery() + " attempt " + lease.attempt();
  }
}
