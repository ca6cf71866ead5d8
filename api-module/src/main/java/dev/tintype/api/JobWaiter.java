package dev.tintype.api;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Waits for a job to finish, for a bounded time. Every wait of the API is one of these. Confined to
 * its event loop.
 */
final class JobWaiter {
  private final Vertx vertx;
  private final JobStore store;
  private final JobEvents events;
  private final Set<Promise<Void>> waits = new HashSet<>();

  JobWaiter(Vertx vertx, JobStore store, JobEvents events) {
    this.vertx = vertx;
    this.store = store;
    this.events = events;
  }

  /** The job when it is final, or as it is when the time is over; empty if there is no such job. */
  Future<Optional<Job>> await(JobId id, Duration atMost) {
    if (atMost.toMillis() < 1) {
      return store.find(id);
    }
    Promise<Void> worthLooking = Promise.promise();
    waits.add(worthLooking);
    // Registered before the first look, so that nothing can happen unseen between the two.
    var registration = events.onFinished(id, worthLooking::tryComplete);
    long timer = vertx.setTimer(atMost.toMillis(), expired -> worthLooking.tryComplete());
    return store
        .find(id)
        .compose(
            found ->
                found.filter(job -> !job.state().isFinal()).isPresent()
                    ? worthLooking.future().compose(looked -> store.find(id))
                    : Future.succeededFuture(found))
        .onComplete(
            done -> {
              waits.remove(worthLooking);
              registration.close();
              vertx.cancelTimer(timer);
            });
  }

  /**
   * Ends every wait now: whoever waits is answered with the job as it is, and asks another process
   * next.
   */
  void letGo() {
    List.copyOf(waits).forEach(Promise::tryComplete);
  }
}
