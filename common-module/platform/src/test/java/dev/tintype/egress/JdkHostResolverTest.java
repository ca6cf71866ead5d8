package dev.tintype.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.testing.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
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
          waitFor(never);
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
  void whatNobodyWaitsForAnyMoreIsNotLookedUp() {
    CountDownLatch dead = new CountDownLatch(1);
    List<String> lookedUp = new CopyOnWriteArrayList<>();
    JdkHostResolver.Lookup nameServer =
        host -> {
          lookedUp.add(host);
          if (host.startsWith("dead")) {
            waitFor(dead);
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    var resolver = new JdkHostResolver(vertx, nameServer, Duration.ofSeconds(1));

    // Far more than there are threads, as one page may name.
    List<Future<List<InetAddress>>> backlog =
        IntStream.range(0, 500).mapToObj(i -> resolver.resolve("dead" + i)).toList();
    await(Future.join(backlog).otherwiseEmpty());
    int begun = lookedUp.size();
    dead.countDown();

    // Repeated, because it has a second for it, and a busy machine may stall for longer.
    assertThat(Eventually.succeeds("a look-up", () -> await(resolver.resolve("alive")))).hasSize(1);
    assertThat(begun).isLessThan(100);
    assertThat(lookedUp.stream().filter(host -> !host.equals("alive"))).hasSize(begun);
  }

  @Test
  void thoseWhoAskForTheSameNameShareOneLookup() {
    CountDownLatch go = new CountDownLatch(1);
    List<String> lookedUp = new CopyOnWriteArrayList<>();
    JdkHostResolver.Lookup slow =
        host -> {
          lookedUp.add(host);
          waitFor(go);
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    var resolver = new JdkHostResolver(vertx, slow, JdkHostResolver.LIMIT);

    List<Future<List<InetAddress>>> asked =
        IntStream.range(0, 40).mapToObj(i -> resolver.resolve("same")).toList();
    go.countDown();

    await(Future.all(asked));
    assertThat(asked).allSatisfy(each -> assertThat(each.result()).hasSize(1));
    assertThat(lookedUp).containsExactly("same");
    await(resolver.resolve("same"));
    assertThat(lookedUp).containsExactly("same", "same");
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

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
