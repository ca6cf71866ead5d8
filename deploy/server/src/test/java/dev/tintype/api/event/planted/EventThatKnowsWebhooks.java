package dev.tintype.api.event.planted;

import dev.tintype.api.webhook.planted.WebhookThatKnowsEvents;

/** Imports another resource's package, which imports this one. */
public record EventThatKnowsWebhooks(WebhookThatKnowsEvents webhook) {}
