package dev.tintype.capture;

import dev.tintype.webhook.Webhook;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a client asks for.
 *
 * @param cacheMaxAge how old the image of an equal capture may be to answer this one, too; null if
 *     it has to be a new one
 * @param webhook whom to call at the end; null for nobody but the tenant's endpoints
 * @param metadata a JSON object of the client's own, given back wherever the job is shown
 */
public record CaptureRequest(
    CaptureSpec capture,
    Schedule schedule,
    @Nullable Duration cacheMaxAge,
    @Nullable Webhook webhook,
    @Nullable String metadata) {
  /** One that calls nobody and carries nothing. */
  public CaptureRequest(CaptureSpec capture, Schedule schedule, @Nullable Duration cacheMaxAge) {
    this(capture, schedule, cacheMaxAge, null, null);
  }
}
