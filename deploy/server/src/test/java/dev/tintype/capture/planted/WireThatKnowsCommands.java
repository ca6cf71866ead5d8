package dev.tintype.capture.planted;

import dev.tintype.cli.planted.util.FileNames;

/** Breaks a rule of the house, so that the rule is seen to notice. */
public class WireThatKnowsCommands {
  final Class<?> circle = FileNames.class;
}
