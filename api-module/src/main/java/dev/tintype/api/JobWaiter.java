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
  private final Set<Wait> waits = new HashSet<>();
  private boolean stopping;

  JobWaiter(Vertx vertx, JobStore store, JobEvents events) {
    this.vertx = vertx;
    this.store = store;
    this.events = events;
  }

  /** The job when it is final, or as it is when the time is over; empty if there is no such job. */
  Future<Optional<Job>> await(JobId id, Duration atMost) {
    return atMost.toMillis() < 1 || stopping ? store.find(id) : new Wait(id).begin(atMost);
  }

  /**
   * Ends every wait, now and from now on: whoever waits is answered with the job as it is, and asks
   * another process next.
   */
  void letGo() {
    stopping = true;
    List.copyOf(waits).forEach(Wait::end);
  }

  private final class Wait {
    private final JobId id;
    private Promise<Void> hint = Promise.promise();
    private boolean over;

    Wait(JobId id) {
      this.id = id;
    }

    Future<Optional<Job>> begin(Duration atMost) {
      waits.add(this);
      // Registered before the first look, so that nothing can happen unseen between the two.
      var registration = events.onFinished(id, this::lookAgain);
      long timer = vertx.setTimer(atMost.toMillis(), expired -> end());
      return look()
          .onComplete(
              done -> {
                waits.remove(this);
                registration.close();
                vertx.cancelTimer(timer);
              });
    }

    void end() {
      over = true;
      lookAgain();
    }

    private void lookAgain() {
      Promise<Void> last = hint;
      hint = Promise.promise();
      last.tryComplete();
    }

    private Future<Optional<Job>> look() {
      // A hint may be false, as after a reconnect; one that comes during the look counts for the
      // next.
      Future<Void> next = hint.future();
      boolean lastLook = over;
      return store
          .find(id)
          .compose(
              found ->
                  lastLook || found.filter(job -> !job.state().isFinal()).isEmpty()
                      ? Future.succeededFuture(found)
                      : next.compose(hinted -> look()));
    }
  }
}
