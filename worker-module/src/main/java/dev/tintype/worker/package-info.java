/**
 * The worker process: claims jobs for idle browsers, has them captured, and publishes the outcome.
 *
 * <p>{@link dev.tintype.worker.WorkerVerticle} runs on an event loop, so that renewals, polls and
 * the shutdown never wait for a render. It gives each job to a {@link dev.tintype.worker.JobRun},
 * which asks a {@code Photographer} of {@code dev.tintype.worker.capture} for the page, and a
 * {@link dev.tintype.worker.Publisher} stores the images and completes the job. {@link
 * dev.tintype.worker.UpkeepVerticle} does the housekeeping: it reclaims the jobs of dead workers,
 * queues those that are due, expires those that are late, and deletes those that are too old. This
 * package must not import Playwright or Redis.
 */
@NullMarked
package dev.tintype.worker;

import org.jspecify.annotations.NullMarked;
