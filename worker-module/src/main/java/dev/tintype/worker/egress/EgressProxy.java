package dev.tintype.worker.egress;

import dev.tintype.egress.EgressPolicy;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A browser's only way to the network: a proxy on loopback that asks the {@link EgressPolicy} about
 * every host and dials an address that was checked, never the name. Interception inside the browser
 * sees URLs and not addresses, and misses WebSockets; all traffic passes here, redirects included.
 *
 * <p>Answers 403 to what the policy refuses and 502 to what does not resolve or connect, and
 * remembers why for {@link #drainFaults}. Chromium must be started with this proxy for loopback
 * too, without QUIC, and with WebRTC kept off UDP, or there are other ways out.
 *
 * <p>All methods may be called from any thread; the traffic has an event loop of its own, whichever
 * thread starts it.
 */
public final class EgressProxy {
  /** How long all addresses of a host together may take to accept a connection. */
  public static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  // The browser bounds its own connections; a second, smaller bound here would only stall pages.
  private static final int MAX_CONNECTIONS_A_HOST = 256;

  // Below the 5 s of Node.js and Apache httpd, so that few kept connections are found closed.
  private static final int KEPT_CONNECTION_SECONDS = 4;

  // Chromium's own limit for the headers of an answer; cookies and URLs in requests get as much.
  private static final int MAX_HEAD_BYTES = 256 * 1024;

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Vertx vertx;
  private final EgressPolicy policy;
  private final Duration connectLimit;
  private final EgressFaults faults = new EgressFaults();
  private volatile int port;
  private volatile @Nullable String deployment;

  public EgressProxy(Vertx vertx, EgressPolicy policy) {
    this(vertx, policy, CONNECT_LIMIT);
  }

  EgressProxy(Vertx vertx, EgressPolicy policy, Duration connectLimit) {
    this.vertx = vertx;
    this.policy = policy;
    this.connectLimit = connectLimit;
  }

  /**
   * Listens on a free port of 127.0.0.1.
   *
   * @return fails if the port cannot be had
   */
  public Future<Void> start() {
    // A deployment has an event loop even if a worker verticle starts it, and takes its server,
    // clients and connections with it when it goes.
    return vertx
        .deployVerticle(
            new Listener(), new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP))
        .onSuccess(id -> deployment = id)
        .mapEmpty();
  }

  /** Closes the port and every connection through it. Does nothing if not started. */
  public Future<Void> close() {
    String id = deployment;
    deployment = null;
    return id == null || !vertx.deploymentIDs().contains(id)
        ? Future.succeededFuture()
        : vertx.undeploy(id);
  }

  /**
   * The port of 127.0.0.1 that the browser is pointed at.
   *
   * @throws IllegalStateException before {@link #start} has succeeded
   */
  public int port() {
    if (port == 0) {
      throw new IllegalStateException("the egress proxy is not started");
    }
    return port;
  }

  /**
   * Connections that failed since the last call: each kind once per host, oldest first, at most
   * 100.
   */
  public List<EgressFault> drainFaults() {
    return faults.drain();
  }

  /** Puts server and clients on the event loop of one deployment, which closes them all. */
  private final class Listener extends VerticleBase {
    @Override
    public Future<?> start() {
      var traffic =
          new EgressTraffic(
              policy,
              faults,
              connectLimit,
              client(vertx, true),
              client(vertx, false),
              vertx.createNetClient());
      return vertx
          .createHttpServer(
              new HttpServerOptions()
                  .setHost("127.0.0.1")
                  .setPort(0)
                  .setHttp2ClearTextEnabled(false)
                  .setHandle100ContinueAutomatically(true)
                  .setMaxInitialLineLength(MAX_HEAD_BYTES)
                  .setMaxHeaderSize(MAX_HEAD_BYTES)
                  .setMaxChunkSize(CHUNK_BYTES))
          .requestHandler(traffic::handle)
          .listen()
          .onSuccess(server -> port = server.actualPort());
    }
  }

  private HttpClient client(Vertx vertx, boolean keepAlive) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setKeepAlive(keepAlive)
            .setKeepAliveTimeout(KEPT_CONNECTION_SECONDS)
            .setConnectTimeout((int) connectLimit.toMillis())
            .setDecompressionSupported(false)
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setMaxChunkSize(CHUNK_BYTES),
        new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_A_HOST));
  }
}
