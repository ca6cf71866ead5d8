package dev.tintype.worker.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The browser of this machine behind a shell script, which can count, add flags or go away. */
public final class BrowserScript {
  private BrowserScript() {}

  /**
   * Writes the script.
   *
   * @param before a shell command to run before the browser, for example {@code :}
   * @param flags for the browser, beside those that it is started with
   */
  public static Path in(Path folder, String before, String flags) throws IOException {
    Path real =
        BrowserExecutable.on(System.getenv().getOrDefault("PATH", ""))
            .orElseThrow(() -> new IllegalStateException("no browser on the PATH"));
    Path script = folder.resolve("browser");
    Files.writeString(
        script, "#!/bin/sh\n%s\nexec '%s' %s \"$@\"\n".formatted(before, real, flags));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }
}
