/**
 * Connections to Redis: one server, a master behind Sentinels, or a cluster. {@code RedisAddress}
 * and {@code RedisLinks} know which of these it is; users of {@link
 * dev.tintype.redis.connection.RedisConnections} do not.
 *
 * <p>All time limits and buffer limits for Redis are in {@code RedisLinks} and {@link
 * dev.tintype.redis.connection.RedisConnections.Patience}.
 */
@NullMarked
package dev.tintype.redis.connection;

import org.jspecify.annotations.NullMarked;
