package dev.tintype.cli.planted;

import dev.tintype.redis.RedisConnections;
import dev.tintype.request.planted.WireThatKnowsCommands;

/** Breaks a rule of the house, so that the rule is seen to notice. */
class CommandThatKnowsRedis {
  final Class<?> redis = RedisConnections.class;
  final Class<?> circle = WireThatKnowsCommands.class;
}
