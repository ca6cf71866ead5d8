package dev.tintype.server;

import dev.tintype.worker.browser.DriverFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Playwright's driver in the user's cache folder, so that a process does not unpack it again.
 */
final class DriverCache {
  private static final Logger log = LoggerFactory.getLogger(DriverCache.class);

  private DriverCache() {}

  /** To be called before the first browser. */
  static void prepare() {
    if (System.getProperty(DriverFolder.PROPERTY) != null
        || System.getenv("PLAYWRIGHT_DRIVER_DIR") != null) {
      return;
    }
    try {
      System.setProperty(DriverFolder.PROPERTY, DriverFolder.in(cache()).toString());
    } catch (IOException e) {
      log.warn(
          "event=driver_not_cached note=\"it is unpacked again at every start\" error=\"{}\"",
          e.toString());
    }
  }

  private static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return caches.resolve("tintype");
  }
}
