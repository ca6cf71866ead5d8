/**
 * The seams of webhook delivery: what a deliverer takes and settles ({@link
 * dev.tintype.outbox.WebhookOutbox}), the log of deliveries ({@link
 * dev.tintype.outbox.DeliveryLog}), and the endpoints and secrets of a tenant ({@link
 * dev.tintype.outbox.WebhookEndpoints} and {@link dev.tintype.outbox.WebhookSecrets}).
 *
 * <p>Rows of the outbox are written by the script that ends a job, never here. Neither Lettuce nor
 * JSON nor HTTP may enter. Every method returns a Vert.x future that completes on the caller's
 * context and fails with {@link dev.tintype.queue.QueueUnavailableException} when Redis cannot be
 * reached.
 */
@NullMarked
package dev.tintype.outbox;

import org.jspecify.annotations.NullMarked;
