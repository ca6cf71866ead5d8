package dev.tintype.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdkHostResolverTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void theMachinesOwnNamesResolve() {
    assertThat(await(new JdkHostResolver(vertx).resolve("localhost")))
        .allMatch(InetAddress::isLoopbackAddress)
        .isNotEmpty();
  }

  @Test
  void aNameThatNobodyKnowsFailsAsUnknown() {
    JdkHostResolver.Lookup nobody =
        host -> {
          throw new UnknownHostException(host);
        };

    assertThatThrownBy(
            () -> await(new JdkHostResolver(vertx, nobody, JdkHostResolver.LIMIT).resolve("x")))
        .hasRootCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void aLookupThatHangsFailsWithTheNameOfItsLimit() {
    CountDownLatch never = new CountDownLatch(1);
    JdkHostResolver.Lookup hanging =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new InetAddress[0];
        };
    var resolver = new JdkHostResolver(vertx, hanging, Duration.ofMillis(20));

    try {
      assertThatThrownBy(() -> await(resolver.resolve("x")))
          .hasRootCauseInstanceOf(TimeoutException.class)
          .hasMessageContaining("no answer within 20 ms");
    } finally {
      never.countDown();
    }
  }

  @Test
  void theAnswerComesOnTheCallersContext() {
    Context context = vertx.getOrCreateContext();
    Promise<Boolean> same = Promise.promise();
    var resolver = new JdkHostResolver(vertx);

    context.runOnContext(
        none ->
            resolver
                .resolve("localhost")
                .onComplete(
                    answer ->
                        same.complete(
                            Vertx.currentContext() == context && Context.isOnEventLoopThread())));

    assertThat(await(same.future())).isTrue();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
