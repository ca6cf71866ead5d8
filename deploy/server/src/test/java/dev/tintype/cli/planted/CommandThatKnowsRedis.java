package dev.tintype.cli.planted;

import dev.tintype.capture.planted.WireThatKnowsCommands;
import dev.tintype.cli.planted.util.FileNames;
import dev.tintype.redis.connection.RedisConnections;

/** Breaks a rule of the house, so that the rule is seen to notice. */
public class CommandThatKnowsRedis {
  final Class<?> redis = RedisConnections.class;
  final Class<?> circle = WireThatKnowsCommands.class;
  final Class<?> inner = FileNames.class;
}
