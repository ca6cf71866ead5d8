package dev.tintype.api.access;

import dev.tintype.api.http.Waiter;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.JobEvents;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds batches by ID, for their owner alone: another tenant's batch is answered exactly like an
 * unknown ID. Every look-up of a batch by ID goes through here.
 */
public final class OwnBatches {
  private final BatchStore store;
  private final JobEvents events;
  private final Waiter waiter;

  public OwnBatches(BatchStore store, JobEvents events, Waiter waiter) {
    this.store = store;
    this.events = events;
    this.waiter = waiter;
  }

  /** The batch ID in the path. */
  public static BatchId id(RoutingContext ctx) {
    String id = ctx.pathParam("id");
    if (!BatchId.isValid(id)) {
      throw new RequestProblem(
          ProblemCode.BATCH_NOT_FOUND,
          "\""
              + id
              + "\" is not a batch ID. Expected 26 letters and digits, as POST /v1/batches returns them");
    }
    return new BatchId(id);
  }

  /** The batch as it is now. */
  public Future<Batch> find(Caller caller, BatchId id) {
    return store.find(id).map(found -> orMissing(caller, id, found));
  }

  /** The batch when it has finished, or as it is when the time is over. */
  public Future<Batch> await(Caller caller, BatchId id, Duration atMost) {
    return waiter
        .await(
            () -> store.find(id),
            batch -> batch.open() == 0 || !caller.owns(batch.tenant()),
            listener -> events.onFinished(id, listener),
            atMost)
        .map(found -> orMissing(caller, id, found));
  }

  private static Batch orMissing(Caller caller, BatchId id, Optional<Batch> found) {
    return found.filter(batch -> caller.owns(batch.tenant())).orElseThrow(() -> missing(id));
  }

  /** The problem of a batch that is not there. */
  public static RequestProblem missing(BatchId id) {
    return new RequestProblem(
        ProblemCode.BATCH_NOT_FOUND, "there is no batch " + id + ", or all its jobs were deleted");
  }
}
