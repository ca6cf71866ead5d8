/**
 * Delivers webhooks according to the Standard Webhooks specification.
 *
 * <p>The end of a job writes a delivery into the outbox. {@link
 * dev.tintype.worker.webhook.WebhookVerticle} claims it, {@code WebhookBody} writes the body (once:
 * every attempt sends the same bytes), {@code SigningKey} signs it, {@code WebhookClient} sends it
 * to an address that the egress policy has checked, {@code Verdict} interprets the response, and
 * the outbox stores the outcome. Everything runs on one event loop, and nothing blocks it. This
 * package must not import browsers or captures.
 */
@NullMarked
package dev.tintype.worker.webhook;

import org.jspecify.annotations.NullMarked;
