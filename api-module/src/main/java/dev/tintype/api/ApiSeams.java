package dev.tintype.api;

import dev.tintype.image.ImageStore;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.DeliveryLog;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobList;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.TenantEvents;
import dev.tintype.queue.WebhookSettings;

/** All that the API knows of the queue and of the images. Each is thread-safe. */
public record ApiSeams(
    JobStore jobs,
    JobList list,
    BatchStore batches,
    JobEvents jobEvents,
    TenantEvents tenantEvents,
    ImageStore images,
    WebhookSettings settings,
    DeliveryLog deliveries) {}
