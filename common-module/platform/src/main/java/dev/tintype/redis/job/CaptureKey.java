package dev.tintype.redis.job;

import dev.tintype.capture.BatchRequest;
import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.CaptureSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Fingerprints of captures and requests. They are made of the canonical form, which leaves defaults
 * out: equal values have equal fingerprints however the client spelled them, and a new option with
 * a default changes none.
 */
final class CaptureKey {
  // Half of a SHA-256: no two of them meet by chance.
  private static final int BYTES = 16;

  private CaptureKey() {}

  /** Equal for captures that give the same image. */
  static String ofImage(CaptureSpec spec) {
    return digest(spec.canonical().toString());
  }

  /** Equal for requests that ask for the same in every respect. */
  static String ofRequest(CaptureRequest request) {
    return digest(request.canonical().toString());
  }

  /** Equal for batches that ask for the same in every respect. */
  static String ofBatch(BatchRequest request) {
    return digest(request.canonical().toString());
  }

  /** A client's own text, at a length and in an alphabet that fit a Redis key. */
  static String ofText(String text) {
    return digest(text);
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
