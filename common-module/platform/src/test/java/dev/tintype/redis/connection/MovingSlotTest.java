package dev.tintype.redis.connection;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tintype.queue.NewJob;
import dev.tintype.queue.QueueUnavailableException;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.job.QueueAudit;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisCluster;
import dev.tintype.testing.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While a cluster moves the queue's slot, neither node has all of it. */
@Tag("slow")
class MovingSlotTest {
  @RegisterExtension static final RedisCluster cluster = new RedisCluster();

  private static final Worker WORKER = new Worker("w", 1);

  private final Vertx vertx = Vertx.vertx();
  private final RedisClient client = RedisClient.create();
  private final String namespace = Fixtures.aNamespace();
  private final String prefix = new Keys(namespace).prefix();
  private final int slot = SlotHash.getSlot(prefix);
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, cluster.uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace, 100);
    queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), 10);
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    client.shutdown();
    vertx.close().await();
  }

  @Test
  void nothingIsDoneOnANodeThatHasOnlyPartOfTheQueue() {
    NewJob before = aJob();
    NewJob meanwhile = aJob();
    store.submit(before).await();
    RedisServer from = cluster.masterOf(prefix);
    RedisServer to =
        Stream.iterate(0, i -> i + 1)
            .map(i -> cluster.masterOf("key" + i))
            .filter(master -> master.port() != from.port())
            .findFirst()
            .orElseThrow();
    Throwable submitted;
    Throwable claimed;
    try (var source = client.connect(RedisURI.create(from.uri()));
        var target = client.connect(RedisURI.create(to.uri()))) {
      target.sync().clusterSetSlotImporting(slot, source.sync().clusterMyId());
      source.sync().clusterSetSlotMigrating(slot, target.sync().clusterMyId());
      try {
        submitted = catchThrowable(() -> store.submit(meanwhile).await());
        claimed = catchThrowable(() -> queue.claim(WORKER, QueueAccess.nonce()).await());
      } finally {
        source.sync().clusterSetSlotStable(slot);
        target.sync().clusterSetSlotStable(slot);
      }
    }

    assertThat(submitted).isInstanceOf(QueueUnavailableException.class);
    assertThat(claimed).isInstanceOf(QueueUnavailableException.class);
    assertThat(store.find(meanwhile.id()).await()).isEmpty();
    var next = queue.claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
    assertThat(next.lease().job()).isEqualTo(before.id());
    assertThat(QueueAudit.findings(redis, namespace, false)).isEmpty();
  }
}
