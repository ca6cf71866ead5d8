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
 * The folder with Playwright's unpacked driver. By default, Playwright unpacks 134 MB into the
 * temporary folder at every start, and a killed process leaves them there.
 */
public final class DriverFolder {
  /** System property that points Playwright to an unpacked driver. */
  public static final String PROPERTY = "playwright.cli.dir";

  private DriverFolder() {}

  /**
   * Returns the folder of this release's driver, and unpacks the driver if it is not there. Blocks
   * for about a second the first time. Any number of processes may call it at once.
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
        throw new IOException("the driver's JAR has no location", e);
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
