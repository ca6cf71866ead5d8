/**
 * The queue and the image store in Redis. The only room that knows Lettuce.
 *
 * <p>Whatever changes a job is one Lua step, in the file of its name beside these classes, before
 * which the parts that it needs are put; the script alone decides and changes a job's state, by the
 * clock of Redis. {@link dev.tintype.redis.Keys} names every key, {@code Script} every step, and
 * {@link dev.tintype.redis.RedisConnections} owns every connection and turns replies into Vert.x
 * futures on the caller's context.
 *
 * <p>Only {@code RedisAddress} and {@code RedisLinks} know whether Redis is one server, a master
 * with Sentinels, or a cluster; every limit on waiting stands in {@code RedisLinks} and {@link
 * dev.tintype.redis.RedisConnections.Patience}.
 */
@NullMarked
package dev.tintype.redis;

import org.jspecify.annotations.NullMarked;
