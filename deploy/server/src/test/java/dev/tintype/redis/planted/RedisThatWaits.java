package dev.tintype.redis.planted;

import io.vertx.core.Future;
import java.util.concurrent.CompletionStage;

/** Breaks two rules: it converts a future outside of the connection, and it sleeps. */
final class RedisThatWaits {
  static Future<String> convert(CompletionStage<String> stage) throws InterruptedException {
    Thread.sleep(1);
    return Future.fromCompletionStage(stage);
  }
}
