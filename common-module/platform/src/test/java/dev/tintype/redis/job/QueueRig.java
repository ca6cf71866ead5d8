package dev.tintype.redis.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Connections to a Redis, and room in it for the queue of one test. At the end everything must be
 * where it belongs.
 */
public final class QueueRig implements BeforeEachCallback, AfterEachCallback {
  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final Supplier<String> uri;
  private final Audit audit;
  private @Nullable RedisConnections redis;

  /** What is looked for at the end. */
  public enum Audit {
    /** For a test that damages its queue by hand. */
    NOTHING,
    /** For a test that completes jobs without an image. */
    JOBS,
    JOBS_AND_IMAGES
  }

  public QueueRig(RedisServer server, Audit audit) {
    this(server::uri, audit);
  }

  /**
   * A rig over a Redis that is not known yet.
   *
   * @param uri asked for when a test begins
   */
  public QueueRig(Supplier<String> uri, Audit audit) {
    this.uri = uri;
    this.audit = audit;
  }

  public RedisConnections redis() {
    return Objects.requireNonNull(redis, "there is one while a test runs");
  }

  public String namespace() {
    return namespace;
  }

  public Vertx vertx() {
    return vertx;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    redis = RedisConnections.connect(vertx, uri.get(), Patience.FAIL_FAST).await();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    try {
      if (audit != Audit.NOTHING) {
        assertThat(QueueAudit.findings(redis(), namespace, audit == Audit.JOBS_AND_IMAGES))
            .isEmpty();
      }
    } finally {
      redis().close().await();
      vertx.close().await();
    }
  }
}
