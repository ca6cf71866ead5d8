/**
 * The queue, the webhook outbox and the image store in Redis. Lettuce is used in these packages
 * only.
 *
 * <ul>
 *   <li>{@code connection}: connections, reconnects, time limits; the only place where Lettuce's
 *       futures become Vert.x futures
 *   <li>{@code stored}: the data model: names of keys, and how jobs, batches and webhooks are
 *       written
 *   <li>{@code script}: loads and runs the Lua files
 *   <li>{@code job}, {@code outbox}, {@code image}: the implementations of the seams
 * </ul>
 *
 * <p>Each may use only those listed before it. Only a Lua script changes the state of a job or of a
 * delivery. A script runs atomically and uses the clock of Redis.
 */
@NullMarked
package dev.tintype.redis;

import org.jspecify.annotations.NullMarked;
