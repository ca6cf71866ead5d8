/**
 * HTTP in, jobs out. {@link dev.tintype.api.Routes} is the whole surface in one file, with one
 * handler for each resource; {@link dev.tintype.api.Problems} is the one table from errors to
 * statuses.
 *
 * <p>No request waits for a render: every wait goes through {@link dev.tintype.api.JobWaiter},
 * which bounds it. Everything runs on the event loop of its verticle and nothing here blocks. Knows
 * the queue only by its seams: neither Redis nor the browser may enter.
 */
@NullMarked
package dev.tintype.api;

import org.jspecify.annotations.NullMarked;
