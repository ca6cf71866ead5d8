package dev.tintype.cli.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words. */
public final class FileErrors {
  private FileErrors() {}

  /** The JDK puts the name of the file where the reason should be. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return failure.getMessage() + ": there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return failure.getMessage() + ": permission denied";
    }
    return String.valueOf(failure.getMessage());
  }
}
