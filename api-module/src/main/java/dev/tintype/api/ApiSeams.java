package dev.tintype.api;

import dev.tintype.image.ImageStore;
import dev.tintype.outbox.DeliveryLog;
import dev.tintype.outbox.WebhookEndpoints;
import dev.tintype.outbox.WebhookSecrets;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobList;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.TenantEvents;

/** All that the API knows of the queue and of the images. Each is thread-safe. */
public record ApiSeams(
    JobStore jobs,
    JobList list,
    BatchStore batches,
    JobEvents jobEvents,
    TenantEvents tenantEvents,
    ImageStore images,
    WebhookEndpoints endpoints,
    WebhookSecrets secrets,
    DeliveryLog deliveries) {}
