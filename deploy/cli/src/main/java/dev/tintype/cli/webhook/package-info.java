/**
 * Commands for developers and operators of webhook receivers: receive and verify webhooks on this
 * machine; list and redeliver those of a server; manage its endpoints and secrets.
 */
@NullMarked
package dev.tintype.cli.webhook;

import org.jspecify.annotations.NullMarked;
