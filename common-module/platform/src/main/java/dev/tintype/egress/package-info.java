/**
 * One decision for every address that the product dials, for pages and for webhooks: is this host,
 * with all the addresses that it resolves to, one that we may talk to?
 *
 * <p>The browser's proxy, the submission check and the webhook client ask here and nowhere else.
 * Knows neither browser nor HTTP server.
 *
 * <p>Hosts are read as a browser reads them, so {@link dev.tintype.egress.HostName} also says which
 * spellings mean the same one.
 */
@NullMarked
package dev.tintype.egress;

import org.jspecify.annotations.NullMarked;
