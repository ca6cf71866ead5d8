package dev.tintype.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The atomic steps of the queue. Each is a Lua file of its name, whose header is its contract. What
 * several do alike stands in the folder {@code parts}, and is put before their text.
 */
@SuppressWarnings("ImmutableEnumChecker") // The list is one of List.of.
enum Script {
  SUBMIT(ScriptOutputType.MULTI, "job", "waiting", "intake", "stored"),
  SUBMIT_BATCH(ScriptOutputType.MULTI, "job", "waiting", "intake", "stored"),
  CLAIM(
      ScriptOutputType.MULTI,
      "job",
      "waiting",
      "again",
      "hosts",
      "starting",
      "outbox",
      "batches",
      "finished",
      "dropped"),
  RENEW(ScriptOutputType.MULTI, "job"),
  COMPLETE(
      ScriptOutputType.VALUE,
      "job",
      "waiting",
      "hosts",
      "running",
      "outbox",
      "batches",
      "finished"),
  FAIL(
      ScriptOutputType.VALUE,
      "job",
      "waiting",
      "again",
      "hosts",
      "running",
      "outbox",
      "batches",
      "finished"),
  RELEASE(ScriptOutputType.VALUE, "job", "waiting", "again", "hosts", "running"),
  CANCEL(
      ScriptOutputType.VALUE,
      "job",
      "waiting",
      "hosts",
      "running",
      "outbox",
      "batches",
      "finished",
      "dropped",
      "cancelled"),
  FORGET(
      ScriptOutputType.VALUE,
      "job",
      "waiting",
      "hosts",
      "running",
      "outbox",
      "batches",
      "finished",
      "dropped",
      "cancelled",
      "forgotten"),
  RECLAIM_EXPIRED(
      ScriptOutputType.MULTI,
      "job",
      "waiting",
      "again",
      "hosts",
      "running",
      "outbox",
      "batches",
      "finished"),
  EXPIRE_WAITING(
      ScriptOutputType.MULTI,
      "job",
      "waiting",
      "hosts",
      "outbox",
      "batches",
      "finished",
      "dropped"),
  TRIM_FINISHED(
      ScriptOutputType.MULTI, "job", "waiting", "outbox", "batches", "finished", "forgotten"),
  PROMOTE_DUE(ScriptOutputType.MULTI, "job", "waiting", "again"),
  GARBAGE_IMAGES(ScriptOutputType.MULTI, "job"),
  LIST_JOBS(ScriptOutputType.MULTI, "job"),
  FOLLOW(ScriptOutputType.MULTI, "job"),
  RECONCILE(ScriptOutputType.MULTI, "job", "waiting"),
  CLAIM_DELIVERIES(ScriptOutputType.MULTI, "job", "outbox", "endpoints", "lanes", "deliveries"),
  KEEP_BODY(ScriptOutputType.MULTI, "job", "outbox", "endpoints", "lanes", "deliveries"),
  SETTLE_DELIVERY(ScriptOutputType.VALUE, "job", "outbox", "endpoints", "lanes", "deliveries"),
  REDELIVER(ScriptOutputType.MULTI, "job", "outbox", "endpoints", "lanes", "deliveries"),
  TRIM_DELIVERIES(ScriptOutputType.MULTI, "job", "outbox", "endpoints", "lanes", "deliveries"),
  TEST_ENDPOINT(ScriptOutputType.VALUE, "job", "outbox"),
  ROTATE_SECRET(ScriptOutputType.MULTI, "job", "outbox"),
  SAVE_ENDPOINT(ScriptOutputType.VALUE, "job", "endpoints"),
  DELETE_ENDPOINT(ScriptOutputType.VALUE, "job", "endpoints"),
  KEEP_SECRET(ScriptOutputType.MULTI, "job", "endpoints"),
  DELETE_SECRET(ScriptOutputType.MULTI, "job", "endpoints"),
  PUT_IMAGE(ScriptOutputType.VALUE);

  private final ScriptOutputType output;
  private final List<String> parts;
  private final String source;
  private final String digest;

  Script(ScriptOutputType output, String... parts) {
    this.output = output;
    this.parts = List.of(parts);
    this.source =
        Stream.concat(
                this.parts.stream().map(part -> "parts/" + part + ".lua"), Stream.of(fileName()))
            .map(Script::load)
            .collect(Collectors.joining("\n"));
    this.digest = sha1(source);
  }

  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".lua";
  }

  /** Names of the files of {@code parts} that stand before this one. */
  List<String> parts() {
    return parts;
  }

  /**
   * Runs the step on a queue. A Redis that does not know it (new, failed over, flushed) is sent its
   * text and remembers it.
   */
  <T> Future<T> run(RedisConnections redis, Keys keys, String... arguments) {
    // Two, of which none ever exists: while the slot moves, a cluster then answers TRYAGAIN, and
    // does not
    // run the step on the half of the queue that it has.
    String[] prefix = {keys.prefix(), keys.prefix() + "nothing"};
    return redis
        .<T>run(commands -> commands.evalsha(digest, output, prefix, arguments))
        .recover(
            failure ->
                isUnknown(failure)
                    ? redis.run(commands -> commands.eval(source, output, prefix, arguments))
                    : Future.failedFuture(failure));
  }

  /** Runs the step on one key of its own, over the connection for images. */
  <T> Future<T> runWithBytes(RedisConnections redis, String key, byte[]... arguments) {
    String[] keys = {key};
    return redis
        .<T>runWithBytes(commands -> commands.evalsha(digest, output, keys, arguments))
        .recover(
            failure ->
                isUnknown(failure)
                    ? redis.runWithBytes(commands -> commands.eval(source, output, keys, arguments))
                    : Future.failedFuture(failure));
  }

  private static boolean isUnknown(Throwable failure) {
    return failure.getCause() instanceof RedisNoScriptException;
  }

  private static String load(String fileName) {
    try (InputStream file = Script.class.getResourceAsStream(fileName)) {
      if (file == null) {
        throw new IllegalStateException("the jar lacks " + fileName);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name that Redis gives a script. */
  private static String sha1(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
