/**
 * Calls those who asked to be called, as Standard Webhooks has it.
 *
 * <p>Deliveries come from the outbox, where the end of a job has put them. {@link
 * dev.tintype.worker.webhook.WebhookVerticle} claims them, {@code WebhookBody} writes what is sent
 * (once: every try sends the same bytes), {@code SigningKey} signs it, {@code WebhookClient} sends
 * it to an address that the egress policy has checked, {@code Verdict} says what the answer means,
 * and the outbox hears of it. All of it on one event loop, where nothing blocks. Neither the
 * browser nor the capture is known here.
 */
@NullMarked
package dev.tintype.worker.webhook;

import org.jspecify.annotations.NullMarked;
