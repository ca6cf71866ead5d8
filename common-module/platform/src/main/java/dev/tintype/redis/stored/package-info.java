/**
 * The data model in Redis: {@link dev.tintype.redis.stored.Keys} names the keys; the other classes
 * write and read the hashes of a job, a batch and a webhook. Processes of two versions share one
 * Redis during an upgrade, so a stored name may change only if both versions can read it.
 */
@NullMarked
package dev.tintype.redis.stored;

import org.jspecify.annotations.NullMarked;
