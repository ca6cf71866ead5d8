package dev.tintype.worker.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the browser on this machine. */
public final class BrowserExecutable {
  /**
   * In the order of preference: the headless shell renders the same pages at more than twice the
   * rate of the full browser, which brings a user interface along.
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
   * @param searchPath as the environment's PATH: folders, parted by the platform's separator
   * @return empty if there is none; Playwright then looks for a browser of its own installation
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
