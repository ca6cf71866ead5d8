package dev.tintype.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes line by line, for as long as it likes. Its thread takes the lines; no more
 * of them are held than a few that it has not taken yet.
 */
final class LineStream implements Flow.Subscriber<String>, AutoCloseable {
  private static final int HELD = 64;

  // Empty: the end.
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;
  private CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();

  /**
   * @param answer is there when the last line is
   */
  void begin(CompletableFuture<HttpResponse<byte[]>> answer) {
    this.answer = answer;
    var unused = // What it ends with is told by the answer itself.
        answer.whenComplete((ended, lost) -> lines.add(Optional.empty()));
  }

  /**
   * The next line; null if there are no more.
   *
   * @param silence how long to wait for it
   * @throws HttpTimeoutException if it does not come in time
   */
  @Nullable String next(Duration silence) throws HttpTimeoutException {
    try {
      Optional<String> line = lines.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new HttpTimeoutException("nothing came for " + silence.toSeconds() + " s");
      }
      if (line.isEmpty()) {
        return null;
      }
      var more = subscription;
      if (more != null) {
        more.request(1);
      }
      return line.get();
    } catch (InterruptedException e) {
      throw new InterruptedCallException();
    }
  }

  /**
   * The answer once all lines are taken; with its body, if that was none of lines.
   *
   * @throws IOException if the connection was lost
   */
  HttpResponse<byte[]> end() throws IOException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      throw new InterruptedCallException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException lost) {
        throw lost;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(HELD);
  }

  @Override
  public void onNext(String line) {
    lines.add(Optional.of(line));
  }

  /** Told by the answer, too. */
  @Override
  public void onError(Throwable lost) {}

  @Override
  public void onComplete() {}

  /** Cuts the connection if it is still there. */
  @Override
  public void close() {
    answer.cancel(true);
  }
}
