/**
 * The worker process: claims jobs for browsers that are idle, has their pictures taken, stores
 * them, and says how it ended.
 *
 * <p>{@link dev.tintype.worker.WorkerVerticle} lives on an event loop, so that renewals, polls and
 * the shutdown never wait behind a render; it hands each job to a {@link
 * dev.tintype.worker.JobRun}, which asks a {@code Photographer} of {@code
 * dev.tintype.worker.capture} for the picture. {@link dev.tintype.worker.UpkeepVerticle} keeps
 * house: it takes jobs away from workers that died, queues those that are due, ends those that
 * expired, and forgets what is old. Neither Playwright nor Redis is known here.
 */
@NullMarked
package dev.tintype.worker;

import org.jspecify.annotations.NullMarked;
