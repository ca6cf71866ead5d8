/**
 * The egress proxy: a browser's only way to the network.
 *
 * <p>Each browser has its own {@link dev.tintype.worker.egress.EgressProxy} on a loopback port, so
 * a fault belongs to exactly one capture. Every request and every tunnel of a page arrives at
 * {@link dev.tintype.worker.egress.EgressTraffic}, which asks the {@code EgressPolicy} about the
 * host and dials an address that the policy checked. An {@link
 * dev.tintype.worker.egress.EgressExchange} carries one plain request and its response. What could
 * not be reached is kept as an {@link dev.tintype.worker.egress.EgressFault} until the photographer
 * collects it.
 *
 * <p>This package knows HTTP and addresses. It must not import jobs, captures, browsers or Redis.
 */
@NullMarked
package dev.tintype.worker.egress;

import org.jspecify.annotations.NullMarked;
