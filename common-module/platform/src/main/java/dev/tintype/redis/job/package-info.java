/**
 * Jobs and batches in Redis: implementations of the seams in {@code dev.tintype.queue}. The classes
 * pass arguments to scripts and read their replies; they never decide about the state of a job.
 */
@NullMarked
package dev.tintype.redis.job;

import org.jspecify.annotations.NullMarked;
