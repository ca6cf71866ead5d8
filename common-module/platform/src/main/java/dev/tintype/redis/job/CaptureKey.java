package dev.tintype.redis.job;

import dev.tintype.capture.BatchRequest;
import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.StoredCapture;
import dev.tintype.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Short names for what is equal. Records are written with their components in order and every
 * default filled in, so equal values have equal texts, however the client spelled them.
 */
final class CaptureKey {
  // Half of a SHA-256: no two of them meet by chance.
  private static final int BYTES = 16;

  private CaptureKey() {}

  /** Equal for captures that give the same image. */
  static String ofImage(CaptureSpec spec) {
    return digest(StoredCapture.write(spec));
  }

  /** Equal for requests that ask for the same in every respect. */
  static String ofRequest(CaptureRequest request) {
    return digest(Json.write(request));
  }

  /** Equal for batches that ask for the same in every respect. */
  static String ofBatch(BatchRequest request) {
    return digest(Json.write(request));
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
