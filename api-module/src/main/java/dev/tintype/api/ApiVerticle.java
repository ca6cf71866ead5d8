package dev.tintype.api;

import dev.tintype.api.access.OwnBatches;
import dev.tintype.api.access.OwnJobs;
import dev.tintype.api.batch.BatchResultsHandler;
import dev.tintype.api.batch.BatchesHandler;
import dev.tintype.api.event.EventsHandler;
import dev.tintype.api.health.HealthHandler;
import dev.tintype.api.http.EventStreams;
import dev.tintype.api.http.Waiter;
import dev.tintype.api.job.ImageHandler;
import dev.tintype.api.job.Intake;
import dev.tintype.api.job.JobListHandler;
import dev.tintype.api.job.JobsHandler;
import dev.tintype.api.job.ScreenshotHandler;
import dev.tintype.api.reference.ReferenceHandler;
import dev.tintype.api.submission.PageCheck;
import dev.tintype.api.submission.WebhookCheck;
import dev.tintype.api.webhook.DeliveriesHandler;
import dev.tintype.api.webhook.EndpointsHandler;
import dev.tintype.api.webhook.SecretsHandler;
import dev.tintype.api.webhook.WebhookHandlers;
import dev.tintype.egress.EgressPolicy;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves the API on one event loop. Any number of instances share a port. */
public final class ApiVerticle extends VerticleBase {

  // A url of 8,192 characters as a query parameter, every one of them percent-encoded.
  private static final int MAX_ADDRESS_BYTES = 32 << 10;

  private static final int MAX_HEADERS_BYTES = 8 << 10;

  // Enough for a large image on its way to a slow client.
  private static final long SHUTDOWN_SECONDS = 10;

  private final ApiConfig config;
  private final ApiSeams seams;
  private final EgressPolicy egress;
  private final InstantSource clock;
  private @Nullable HttpServer server;
  private @Nullable Waiter waiter;
  private @Nullable EventStreams streams;

  public ApiVerticle(ApiConfig config, ApiSeams seams, EgressPolicy egress, InstantSource clock) {
    this.config = config;
    this.seams = seams;
    this.egress = egress;
    this.clock = clock;
  }

  @Override
  public Future<HttpServer> start() {
    var waiting = new Waiter(vertx);
    waiter = waiting;
    var streaming = new EventStreams(vertx, config.maxWait());
    streams = streaming;
    var options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setMaxInitialLineLength(MAX_ADDRESS_BYTES)
            // Vert.x's 100 is less than a batch client has under way on its one HTTP/2 connection.
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(1_000)
                    // To HTTP/2 the address is one of the headers.
                    .setMaxHeaderListSize(MAX_ADDRESS_BYTES + MAX_HEADERS_BYTES))
            .setMaxHeaderSize(MAX_HEADERS_BYTES)
            // curl asks before it sends a large body.
            .setHandle100ContinueAutomatically(true)
            // Longer than any answer is held back, so that it only ever closes a connection that
            // nobody uses.
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setIdleTimeout((int) config.maxWait().toSeconds() + 60);
    return vertx
        .executeBlocking(ReferenceHandler::load)
        .compose(
            loaded ->
                vertx
                    .createHttpServer(options)
                    .requestHandler(router(waiting, streaming))
                    .invalidRequestHandler(Problems::answerInvalid)
                    .listen())
        .onSuccess(listening -> server = listening);
  }

  Router router(Waiter waiting, EventStreams streaming) {
    var webhooks = new WebhookCheck(seams.secrets(), egress);
    var pages = new PageCheck(egress, clock);
    var jobs = new OwnJobs(seams.jobs(), seams.jobEvents(), waiting);
    var batches = new OwnBatches(seams.batches(), seams.jobEvents(), waiting);
    var intake = new Intake(seams.jobs(), jobs, pages, webhooks, clock);
    return Routes.router(
        vertx,
        config.tenants(),
        new JobsHandler(intake, seams.jobs(), jobs, config.maxWait(), clock),
        new JobListHandler(seams.list()),
        new ImageHandler(jobs, seams.images(), config.maxWait(), clock),
        new EventsHandler(seams.jobs(), jobs, seams.jobEvents(), seams.tenantEvents(), streaming),
        new BatchesHandler(
            vertx, seams.batches(), batches, pages, webhooks, config.maxWait(), clock),
        new BatchResultsHandler(seams.batches(), batches, seams.images(), config.maxWait(), clock),
        new ScreenshotHandler(intake, jobs, config.maxWait()),
        new HealthHandler(seams.jobs()),
        new WebhookHandlers(
            new EndpointsHandler(
                seams.endpoints(), seams.secrets(), seams.deliveries(), webhooks, clock),
            new SecretsHandler(seams.secrets(), clock),
            new DeliveriesHandler(jobs, seams.deliveries())),
        new ReferenceHandler());
  }

  /** Answers those who wait before it closes: a connection that is cut is a 502 at the proxy. */
  @Override
  public Future<?> stop() {
    if (server == null || waiter == null || streams == null) {
      return Future.succeededFuture();
    }
    waiter.letGo();
    streams.letGo();
    return server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }

  /** Where it listens, once deployed. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("not deployed yet");
    }
    return server.actualPort();
  }
}
