package dev.tintype.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A strong entity tag (RFC 9110, section 8.8.3).
 *
 * @param value with its quotes
 */
public record EntityTag(String value) {
  // 128 bits: nobody makes two bodies of one tag by chance.
  private static final int BYTES = 16;

  static EntityTag of(Buffer body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
      return ofHex(HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public static EntityTag ofHex(String hash) {
    return new EntityTag("\"" + hash + "\"");
  }

  /** Whether the client has what the tag names, also if a proxy has made the tag a weak one. */
  public boolean isKnownTo(HttpServerRequest request) {
    String known = String.join(",", request.headers().getAll(HttpHeaders.IF_NONE_MATCH));
    return known.equals("*") || known.contains(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
