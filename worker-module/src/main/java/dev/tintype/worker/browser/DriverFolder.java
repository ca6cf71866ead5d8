package dev.tintype.worker.browser;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.impl.driver.jar.DriverJar;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where Playwright's driver lies unpacked. Left alone, Playwright unpacks its 134 MB into the
 * folder for temporary files at every start, and a process that is killed leaves them there.
 */
public final class DriverFolder {
  /** The system property by which Playwright finds a driver that is unpacked already. */
  public static final String PROPERTY = "playwright.cli.dir";

  private DriverFolder() {}

  /**
   * The driver of this release of Playwright, unpacked now unless it was before. Blocks for about a
   * second the first time. Any number of processes may call it at once.
   */
  public static Path in(Path cache) throws IOException {
    Path folder = cache.resolve("playwright-driver-" + version());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(cache);
      Path fresh = Files.createTempDirectory(cache, "unpacking-");
      try {
        DriverJar.installDriverTo(fresh);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (URISyntaxException e) {
        throw new IOException("the jar of the driver has no place", e);
      } catch (FileSystemException e) {
        Folders.delete(fresh);
        // Another process may have been faster; its driver is the same.
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
    return folder;
  }

  private static String version() {
    String version = Playwright.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
