/**
 * What sender and receiver of webhooks share: event types, the receiver that a client names, and
 * the signature of Standard Webhooks.
 *
 * <p>Server and client use the same classes, so signing and verifying exist once. HTTP and the
 * storage of secrets may not enter.
 */
@NullMarked
package dev.tintype.webhook;

import org.jspecify.annotations.NullMarked;
