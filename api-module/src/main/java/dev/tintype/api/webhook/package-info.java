/** Webhook endpoints, signing secrets, and the delivery log. */
@NullMarked
package dev.tintype.api.webhook;

import org.jspecify.annotations.NullMarked;
