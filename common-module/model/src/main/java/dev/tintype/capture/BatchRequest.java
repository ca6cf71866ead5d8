package dev.tintype.capture;

import dev.tintype.webhook.Webhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Captures that are asked for together.
 *
 * @param captures 1 to {@link #MOST_CAPTURES}; none may be answered by another's image
 * @param webhook whom to call when the last of them has ended; null for nobody but the tenant's
 *     endpoints
 * @param metadata a JSON object of the client's own, given back wherever the batch is shown
 */
public record BatchRequest(
    List<CaptureRequest> captures, @Nullable Webhook webhook, @Nullable String metadata) {
  public static final int MOST_CAPTURES = 1_000;

  public BatchRequest {
    captures = List.copyOf(captures);
    if (captures.isEmpty() || captures.size() > MOST_CAPTURES) {
      throw new IllegalArgumentException(
          captures.size() + " captures; allowed are 1 to " + MOST_CAPTURES);
    }
  }
}
