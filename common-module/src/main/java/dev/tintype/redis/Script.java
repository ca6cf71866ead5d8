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
import java.util.Locale;

/** The atomic steps of the queue. Each is a Lua file of its name, whose header is its contract. */
enum Script {
  SUBMIT(ScriptOutputType.MULTI),
  CLAIM(ScriptOutputType.MULTI),
  RENEW(ScriptOutputType.MULTI),
  COMPLETE(ScriptOutputType.VALUE),
  FAIL(ScriptOutputType.VALUE),
  RELEASE(ScriptOutputType.VALUE),
  RECLAIM_EXPIRED(ScriptOutputType.MULTI);

  private final ScriptOutputType output;
  private final String source;
  private final String digest;

  Script(ScriptOutputType output) {
    this.output = output;
    this.source = load(fileName());
    this.digest = sha1(source);
  }

  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".lua";
  }

  String source() {
    return source;
  }

  /**
   * Runs the step. A Redis that does not know it (new, failed over, flushed) is sent its text and
   * remembers it.
   */
  <T> Future<T> run(RedisConnections redis, String[] keys, String... arguments) {
    return redis
        .<T>run(commands -> commands.evalsha(digest, output, keys, arguments))
        .recover(
            failure ->
                failure.getCause() instanceof RedisNoScriptException
                    ? redis.run(commands -> commands.eval(source, output, keys, arguments))
                    : Future.failedFuture(failure));
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
