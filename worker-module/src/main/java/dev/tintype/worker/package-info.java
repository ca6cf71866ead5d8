/**
 * The worker process: claims jobs for browsers that are idle, has their pictures taken, stores
 * them, and says how it ended.
 *
 * <p>{@link dev.tintype.worker.WorkerVerticle} lives on an event loop, so that renewals, polls and
 * the shutdown never wait behind a render; it hands each job to a {@link
 * dev.tintype.worker.JobRun}, which asks a {@code Photographer} of {@code
 * dev.tintype.worker.capture} for the picture. {@link dev.tintype.worker.UpkeepVerticle} takes jobs
 * away from workers that died. Neither Playwright nor Redis is known here.
 */
@NullMarked
package dev.tintype.worker;

import org.jspecify.annotations.NullMarked;
