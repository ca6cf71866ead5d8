package dev.tintype.cli.batch;

import java.io.IOException;
import java.nio.file.Path;

/** Another batch is at work in the folder. */
public final class FolderInUseException extends IOException {
  private static final long serialVersionUID = 1;

  FolderInUseException(Path folder) {
    super("another batch is at work in " + folder);
  }
}
