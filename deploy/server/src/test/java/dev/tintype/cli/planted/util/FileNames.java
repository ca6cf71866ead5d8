package dev.tintype.cli.planted.util;

/** Breaks a rule of the house, so that the rule is seen to notice. */
public class FileNames {
  FileNames() {}
}
