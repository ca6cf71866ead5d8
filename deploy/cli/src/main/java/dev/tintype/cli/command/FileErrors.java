package dev.tintype.cli.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Why a file could not be read or written, under the name that the user gave it. */
public final class FileErrors {
  private FileErrors() {}

  /** Such as {@code page.png: permission denied}. */
  public static String message(String file, IOException failure) {
    return (file.equals("-") ? "standard input" : file) + ": " + reason(failure);
  }

  /** The JDK puts the name of a file, which may be a temporary one, where the reason should be. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof CharacterCodingException) {
      return "not UTF-8 text; convert it first, for example with: iconv -f LATIN1 -t UTF-8";
    }
    String reason =
        failure instanceof FileSystemException known && known.getReason() != null
            ? known.getReason()
            : String.valueOf(failure.getMessage());
    return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
