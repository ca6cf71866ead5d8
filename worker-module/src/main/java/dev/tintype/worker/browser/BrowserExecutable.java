package dev.tintype.worker.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the browser on this machine. */
public final class BrowserExecutable {
  /**
   * In order of preference. The headless shell renders the same pages more than twice as fast as
   * the full browser.
   */
  static final List<String> NAMES =
      List.of(
          "chromium-headless-shell",
          "chrome-headless-shell",
          "chromium",
          "chromium-browser",
          "google-chrome");

  private BrowserExecutable() {}

  /**
   * The first of the known names in the folders of a search path.
   *
   * @param searchPath as the environment's PATH: folders, separated as usual on the platform
   * @return empty if none is found; Playwright then looks for a browser that it installed itself
   */
  public static Optional<Path> on(String searchPath) {
    List<String> folders = List.of(searchPath.split(File.pathSeparator));
    return NAMES.stream()
        .flatMap(
            name ->
                folders.stream()
                    .filter(folder -> !folder.isBlank())
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
