package dev.tintype.cli.planted.util;

import dev.tintype.cli.planted.CommandThatKnowsRedis;

/** Breaks a rule of the house, so that the rule is seen to notice. */
public class FileNames {
  final Class<?> circle = CommandThatKnowsRedis.class;
}
