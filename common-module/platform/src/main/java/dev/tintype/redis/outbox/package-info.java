/**
 * The webhook outbox in Redis: implementations of the seams in {@code dev.tintype.outbox}. A
 * delivery is created by the script that ends its job, and claimed and settled by the scripts used
 * here.
 */
@NullMarked
package dev.tintype.redis.outbox;

import org.jspecify.annotations.NullMarked;
