package dev.tintype.api.webhook;

/** Everything about webhooks. */
public record WebhookHandlers(
    EndpointsHandler endpoints, SecretsHandler secrets, DeliveriesHandler deliveries) {}
