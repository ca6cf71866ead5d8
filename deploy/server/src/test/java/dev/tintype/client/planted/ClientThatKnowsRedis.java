package dev.tintype.client.planted;

import dev.tintype.redis.connection.RedisConnections;

/** Breaks a rule of the house, so that the rule is seen to notice. */
class ClientThatKnowsRedis {
  final Class<?> redis = RedisConnections.class;
}
