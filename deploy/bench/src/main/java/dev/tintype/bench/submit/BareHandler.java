package dev.tintype.bench.submit;

import dev.tintype.capture.CaptureReader;
import dev.tintype.capture.StoredCapture;
import dev.tintype.json.Json;
import dev.tintype.redis.script.Script;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The least that could store a submission: reads the body, makes one EVALSHA of the product's own
 * script, answers 202. It does not look at the body, checks nothing, knows no routes and logs
 * nothing.
 */
final class BareHandler extends VerticleBase {
  private static final String PREFIX = "bare:{0}:";

  private final int port;
  private final RedisAsyncCommands<String, String> redis;
  private final String digest;
  private final String spec;
  private final AtomicLong number;

  private BareHandler(
      int port,
      RedisAsyncCommands<String, String> redis,
      String digest,
      String spec,
      AtomicLong number) {
    this.port = port;
    this.redis = redis;
    this.digest = digest;
    this.spec = spec;
    this.number = number;
  }

  /**
   * Serves until it is killed.
   *
   * @param arguments URI of a Redis, port, and the body whose spec is stored with every job
   */
  public static void main(String[] arguments) throws IOException {
    var redis = RedisClient.create(arguments[0]).connect();
    int port = Integer.parseInt(arguments[1]);
    String spec =
        StoredCapture.write(CaptureReader.read(Json.MAPPER.readTree(arguments[2])).capture());
    String digest = redis.sync().scriptLoad(Script.SUBMIT.text());
    var number = new AtomicLong();
    Vertx vertx = Vertx.vertx();
    // As many as `tintype api` has.
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      vertx.deployVerticle(new BareHandler(port, redis.async(), digest, spec, number)).await();
    }
    System.out.println("event=bare_handler_listening");
  }

  @Override
  public Future<?> start() {
    return vertx.createHttpServer().requestHandler(this::submit).listen(port, "127.0.0.1");
  }

  private void submit(HttpServerRequest request) {
    request
        .body()
        .compose(this::store)
        .onComplete(
            stored ->
                request
                    .response()
                    .setStatusCode(stored.succeeded() ? 202 : 500)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"state\":\"queued\"}"));
  }

  private Future<Object> store(Buffer body) {
    String id = String.format(Locale.ROOT, "%026d", number.incrementAndGet());
    String[] keys = {PREFIX, PREFIX + "nothing"};
    // What `tintype api` sends for a tenant without limits, and a capture without a wish.
    String[] arguments = {
      id,
      "default",
      "1",
      "10000",
      "1000000",
      "1000000",
      "0",
      "0",
      "",
      "",
      "86400000",
      "",
      "",
      "600000000",
      "",
      "",
      "",
      "spec",
      spec
    };
    return Future.fromCompletionStage(
        redis.evalsha(digest, ScriptOutputType.MULTI, keys, arguments), context);
  }
}
