package dev.tintype.redis.script;

import static io.lettuce.core.ScriptOutputType.MULTI;
import static io.lettuce.core.ScriptOutputType.VALUE;

import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.stored.Keys;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The scripts: each is one atomic step. Its Lua file has its name in small letters; the header of
 * the file is its contract.
 */
public enum Script {
  SUBMIT(MULTI),
  SUBMIT_BATCH(MULTI),
  CLAIM(MULTI),
  RENEW(MULTI),
  RESERVE_IMAGES(VALUE),
  COMPLETE(VALUE),
  FAIL(VALUE),
  RELEASE(VALUE),
  CANCEL(VALUE),
  DELETE_JOB(VALUE),
  RECLAIM_EXPIRED(MULTI),
  EXPIRE_WAITING(MULTI),
  TRIM_FINISHED(MULTI),
  PROMOTE_DUE(MULTI),
  TAKE_GARBAGE(MULTI),
  LIST_JOBS(MULTI),
  FOLLOW(MULTI),
  RECONCILE(MULTI),
  CLAIM_DELIVERIES(MULTI),
  SAVE_BODY(MULTI),
  SETTLE_DELIVERY(VALUE),
  REDELIVER(MULTI),
  TRIM_DELIVERIES(MULTI),
  TEST_ENDPOINT(VALUE),
  ROTATE_SECRET(MULTI),
  SAVE_ENDPOINT(VALUE),
  DELETE_ENDPOINT(VALUE),
  FIND_OR_CREATE_SECRET(MULTI),
  DELETE_SECRET(MULTI),
  PUT_IMAGE(VALUE),
  PUT_IMAGE_PART(VALUE);

  private final ScriptOutputType output;
  private final String source;
  private final String digest;

  Script(ScriptOutputType output) {
    this.output = output;
    this.source = ScriptSource.text(ScriptSource.files(fileName()));
    this.digest = sha1(source);
  }

  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".lua";
  }

  /** Its text as Redis gets it: the parts that it uses, and its file. */
  public String text() {
    return source;
  }

  /**
   * Runs the script on a queue. A Redis that does not know it (new, failed over, flushed) gets its
   * text and keeps it.
   *
   * @return the reply; fails with {@link dev.tintype.queue.QueueUnavailableException}
   */
  public <T> Future<T> run(RedisConnections redis, Keys keys, String... arguments) {
    // Two keys that never exist. While the slot moves to another node, a cluster then answers
    // TRYAGAIN instead of running the script on the half of the queue that it has.
    String[] prefix = {keys.prefix(), keys.prefix() + "nothing"};
    return redis
        .<T>run(commands -> commands.evalsha(digest, output, prefix, arguments))
        .recover(
            failure ->
                isUnknown(failure)
                    ? redis.run(commands -> commands.eval(source, output, prefix, arguments))
                    : Future.failedFuture(failure));
  }

  /**
   * Runs a script that has keys of its own, over the connection for images. Its reply is a word.
   */
  public Future<String> runWithBytes(
      RedisConnections redis, List<String> keysOfScript, byte[]... arguments) {
    String[] keys = keysOfScript.toArray(String[]::new);
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

  /** The digest by which Redis knows a script. */
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
