/**
 * The seams of the queue, one for each kind of caller: the API ({@link
 * dev.tintype.queue.JobStore}), a worker ({@link dev.tintype.queue.JobQueue}), whoever waits
 * ({@link dev.tintype.queue.JobEvents}) and housekeeping ({@link dev.tintype.queue.QueueUpkeep}).
 *
 * <p>Neither Lettuce nor JSON may enter. Every method answers with a Vert.x future that completes
 * on the caller's context, and fails with {@link dev.tintype.queue.QueueUnavailableException} when
 * the queue cannot be reached. The promises behind the signatures are written as contract suites in
 * the test-jar.
 */
@NullMarked
package dev.tintype.queue;

import org.jspecify.annotations.NullMarked;
