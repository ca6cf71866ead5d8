package dev.tintype.api;

/** Everything about webhooks. */
record WebhookHandlers(
    EndpointsHandler endpoints, SecretsHandler secrets, DeliveriesHandler deliveries) {}
