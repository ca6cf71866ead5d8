package dev.tintype.api;

import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobEvents.Registration;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for a job or a batch to finish, for a bounded time. Every wait of the API is one of these.
 * Confined to its event loop.
 */
final class Waiter {
  private final Vertx vertx;
  private final JobStore store;
  private final BatchStore batches;
  private final JobEvents events;
  private final Set<Wait<?>> waits = new HashSet<>();
  private boolean stopping;

  Waiter(Vertx vertx, JobStore store, BatchStore batches, JobEvents events) {
    this.vertx = vertx;
    this.store = store;
    this.batches = batches;
    this.events = events;
  }

  /** The job when it is final, or as it is when the time is over; empty if there is no such job. */
  Future<Optional<Job>> await(JobId id, Duration atMost) {
    return await(
        new Wait<>(() -> store.find(id), job -> job.state().isFinal()),
        listener -> events.onFinished(id, listener),
        atMost);
  }

  /** The batch, likewise. */
  Future<Optional<Batch>> await(BatchId id, Duration atMost) {
    return await(
        new Wait<>(() -> batches.find(id), batch -> batch.open() == 0),
        listener -> events.onFinished(id, listener),
        atMost);
  }

  private <T> Future<Optional<T>> await(
      Wait<T> wait, Function<Runnable, Registration> hints, Duration atMost) {
    return atMost.toMillis() < 1 || stopping ? wait.find.get() : wait.begin(hints, atMost);
  }

  /**
   * Ends every wait, now and from now on: whoever waits is answered with what there is, and asks
   * another process next.
   */
  void letGo() {
    stopping = true;
    List.copyOf(waits).forEach(Wait::end);
  }

  private final class Wait<T> {
    private final Supplier<Future<Optional<T>>> find;
    private final Predicate<T> isOver;
    private Promise<Void> hint = Promise.promise();
    private boolean over;

    Wait(Supplier<Future<Optional<T>>> find, Predicate<T> isOver) {
      this.find = find;
      this.isOver = isOver;
    }

    Future<Optional<T>> begin(Function<Runnable, Registration> hints, Duration atMost) {
      waits.add(this);
      // Registered before the first look, so that nothing can happen unseen between the two.
      Registration registration = hints.apply(this::lookAgain);
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

    private Future<Optional<T>> look() {
      // A hint may be false, as after a reconnect; one that comes during the look counts for the
      // next.
      Future<Void> next = hint.future();
      boolean lastLook = over;
      return find.get()
          .compose(
              found ->
                  lastLook || found.filter(isOver.negate()).isEmpty()
                      ? Future.succeededFuture(found)
                      : next.compose(hinted -> look()));
    }
  }
}
