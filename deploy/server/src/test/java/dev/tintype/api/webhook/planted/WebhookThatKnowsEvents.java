package dev.tintype.api.webhook.planted;

import dev.tintype.api.event.planted.EventThatKnowsWebhooks;
import org.jspecify.annotations.Nullable;

/** The other half of the cycle. */
public record WebhookThatKnowsEvents(@Nullable EventThatKnowsWebhooks event) {}
