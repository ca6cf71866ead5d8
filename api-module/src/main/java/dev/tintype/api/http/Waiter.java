package dev.tintype.api.http;

import dev.tintype.queue.JobEvents.Registration;
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
 * Waits for something to be over, for a bounded time. Every wait of the API is one of these.
 * Confined to its event loop.
 */
public final class Waiter {
  private final Vertx vertx;
  private final Set<Wait<?>> waits = new HashSet<>();
  private boolean stopping;

  public Waiter(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * The final value, or the current one when the time is up; empty if it does not exist.
   *
   * @param find looks it up
   * @param isOver whether there is nothing left to wait for
   * @param hints registers a listener that is called when another look is worth it
   */
  public <T> Future<Optional<T>> await(
      Supplier<Future<Optional<T>>> find,
      Predicate<T> isOver,
      Function<Runnable, Registration> hints,
      Duration atMost) {
    var wait = new Wait<>(find, isOver);
    return atMost.toMillis() < 1 || stopping ? wait.find.get() : wait.begin(hints, atMost);
  }

  /**
   * Ends every wait, now and from now on: whoever waits is answered with what there is, and asks
   * another process next.
   */
  public void letGo() {
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
