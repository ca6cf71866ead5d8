package dev.tintype.redis.script;

import static dev.tintype.redis.script.ScriptPart.AGAIN;
import static dev.tintype.redis.script.ScriptPart.CANCELLED;
import static dev.tintype.redis.script.ScriptPart.DELIVERIES;
import static dev.tintype.redis.script.ScriptPart.DROPPED;
import static dev.tintype.redis.script.ScriptPart.ENDPOINTS;
import static dev.tintype.redis.script.ScriptPart.FINISHED;
import static dev.tintype.redis.script.ScriptPart.FORGOTTEN;
import static dev.tintype.redis.script.ScriptPart.JOB;
import static dev.tintype.redis.script.ScriptPart.OUTBOX;
import static dev.tintype.redis.script.ScriptPart.RUNNING;
import static dev.tintype.redis.script.ScriptPart.STARTING;
import static dev.tintype.redis.script.ScriptPart.STORED;
import static dev.tintype.redis.script.ScriptPart.WAITING;
import static io.lettuce.core.ScriptOutputType.MULTI;
import static io.lettuce.core.ScriptOutputType.VALUE;

import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.stored.Keys;
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
 * The atomic steps of the queue. Each is a Lua file of its name, whose header is its contract;
 * before its text are put the parts that it names, with all that they need.
 */
@SuppressWarnings("ImmutableEnumChecker") // The list is one of List.of.
public enum Script {
  SUBMIT(MULTI, STORED),
  SUBMIT_BATCH(MULTI, STORED),
  CLAIM(MULTI, AGAIN, STARTING, DROPPED),
  RENEW(MULTI, JOB),
  RESERVE_IMAGES(VALUE, JOB),
  COMPLETE(VALUE, RUNNING, FINISHED),
  FAIL(VALUE, AGAIN, RUNNING, FINISHED),
  RELEASE(VALUE, AGAIN, RUNNING),
  CANCEL(VALUE, CANCELLED),
  FORGET(VALUE, CANCELLED, FORGOTTEN),
  RECLAIM_EXPIRED(MULTI, AGAIN, RUNNING, FINISHED),
  EXPIRE_WAITING(MULTI, DROPPED),
  TRIM_FINISHED(MULTI, FORGOTTEN),
  PROMOTE_DUE(MULTI, AGAIN),
  TAKE_GARBAGE(MULTI, JOB),
  LIST_JOBS(MULTI, JOB),
  FOLLOW(MULTI, JOB),
  RECONCILE(MULTI, WAITING),
  CLAIM_DELIVERIES(MULTI, DELIVERIES),
  SAVE_BODY(MULTI, DELIVERIES),
  SETTLE_DELIVERY(VALUE, DELIVERIES),
  REDELIVER(MULTI, DELIVERIES),
  TRIM_DELIVERIES(MULTI, DELIVERIES),
  TEST_ENDPOINT(VALUE, OUTBOX),
  ROTATE_SECRET(MULTI, JOB),
  SAVE_ENDPOINT(VALUE, ENDPOINTS),
  DELETE_ENDPOINT(VALUE, ENDPOINTS),
  FIND_OR_CREATE_SECRET(MULTI, ENDPOINTS),
  DELETE_SECRET(MULTI, ENDPOINTS),
  PUT_IMAGE(VALUE),
  PUT_IMAGE_PART(VALUE);

  private static final String FOLDER = "/dev/tintype/redis/";

  private final ScriptOutputType output;
  private final List<String> files;
  private final String source;
  private final String digest;

  Script(ScriptOutputType output, ScriptPart... parts) {
    this.output = output;
    this.files =
        Stream.concat(
                ScriptPart.inOrder(parts).stream().map(ScriptPart::fileName), Stream.of(fileName()))
            .toList();
    this.source = files.stream().map(Script::load).collect(Collectors.joining("\n"));
    this.digest = sha1(source);
  }

  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".lua";
  }

  /** The files that it is made of, its own the last. */
  List<String> files() {
    return files;
  }

  /**
   * Runs the step on a queue. A Redis that does not know it (new, failed over, flushed) is sent its
   * text and remembers it.
   */
  public <T> Future<T> run(RedisConnections redis, Keys keys, String... arguments) {
    // Two, of which none ever exists: while the slot moves, a cluster then answers TRYAGAIN, and
    // does not run the step on the half of the queue that it has.
    String[] prefix = {keys.prefix(), keys.prefix() + "nothing"};
    return redis
        .<T>run(commands -> commands.evalsha(digest, output, prefix, arguments))
        .recover(
            failure ->
                isUnknown(failure)
                    ? redis.run(commands -> commands.eval(source, output, prefix, arguments))
                    : Future.failedFuture(failure));
  }

  /** Runs the step on keys of its own, over the connection for images. Its reply is a word. */
  public Future<String> runWithBytes(
      RedisConnections redis, List<String> keysOfStep, byte[]... arguments) {
    String[] keys = keysOfStep.toArray(String[]::new);
    return redis
        .<byte[]>runWithBytes(commands -> commands.evalsha(digest, output, keys, arguments))
        .recover(
            failure ->
                isUnknown(failure)
                    ? redis.runWithBytes(commands -> commands.eval(source, output, keys, arguments))
                    : Future.failedFuture(failure))
        .map(word -> new String(word, StandardCharsets.US_ASCII));
  }

  private static boolean isUnknown(Throwable failure) {
    return failure.getCause() instanceof RedisNoScriptException;
  }

  private static String load(String fileName) {
    try (InputStream file = Script.class.getResourceAsStream(FOLDER + fileName)) {
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
