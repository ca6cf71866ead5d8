package dev.tintype.redis.stored;

import dev.tintype.json.Json;
import dev.tintype.outbox.WebhookEndpoint;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a webhook lies in Redis, for steps to read: flat and of texts, because Lua's JSON knows
 * neither empty lists nor large numbers.
 *
 * @param events types, parted by blanks; null for all
 * @param disabled since when, ms
 */
public record StoredWebhook(
    String url,
    String receiver,
    String secret,
    @Nullable String events,
    @Nullable String createdMillis,
    @Nullable String disabled) {

  public static String of(Webhook webhook) {
    return Json.write(of(webhook, null, null));
  }

  public static String of(WebhookEndpoint endpoint) {
    return Json.write(of(endpoint.webhook(), endpoint.createdAt(), endpoint.disabledAt()));
  }

  private static StoredWebhook of(
      Webhook webhook, @Nullable Instant createdAt, @Nullable Instant disabledAt) {
    String events =
        webhook.events().equals(Webhook.ALL_EVENTS)
            ? null
            : webhook.events().stream().map(WebhookEvent::type).collect(Collectors.joining(" "));
    return new StoredWebhook(
        webhook.url(),
        webhook.receiver(),
        webhook.secret(),
        events,
        millis(createdAt),
        millis(disabledAt));
  }

  public static WebhookEndpoint endpoint(String id, String json) {
    StoredWebhook hook = Json.read(json, StoredWebhook.class);
    Set<WebhookEvent> events =
        hook.events == null
            ? Webhook.ALL_EVENTS
            : Arrays.stream(hook.events.split(" ", -1))
                .flatMap(type -> WebhookEvent.ofType(type).stream())
                .collect(Collectors.toSet());
    return new WebhookEndpoint(
        id,
        new Webhook(hook.url, events, hook.secret),
        hook.createdMillis == null ? Instant.EPOCH : instant(hook.createdMillis),
        hook.disabled == null ? null : instant(hook.disabled));
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  private static @Nullable String millis(@Nullable Instant time) {
    return time == null ? null : Long.toString(time.toEpochMilli());
  }
}
