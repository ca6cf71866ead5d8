package dev.tintype.cli.capture;

import dev.tintype.capture.Input;
import dev.tintype.capture.field.Field;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.FileErrors;
import dev.tintype.cli.command.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is to be captured: an address, as people write it, or a page from a file or a pipe. */
public final class PageInput {
  // A digit after the colon is a port: localhost:8080 has no scheme.
  private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:(?!\\d).*");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|[^/:]+\\.localhost|127(\\.\\d+){3})([:/?#].*)?");

  private final Terminal terminal;

  PageInput(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Puts the page in place of its name, whether it was given as argument or as flag. */
  void read(@Nullable String page, Map<Field<?>, List<String>> texts) {
    List<String> files = texts.get(Input.HTML);
    String file = files == null ? null : files.get(0);
    if (page != null && file != null) {
      throw usage("URL and --html exclude each other; give one of the two");
    }
    if (file != null) {
      texts.put(Input.HTML, List.of(html(file)));
    } else if (page == null) {
      throw usage("nothing to capture; give a URL, --html FILE, or - for a page on standard input");
    } else if (page.equals("-")) {
      texts.put(Input.HTML, List.of(html(page)));
    } else {
      texts.put(Input.URL, List.of(address(page)));
    }
  }

  private String address(String page) {
    boolean looksLikeFile = page.toLowerCase(Locale.ROOT).matches(".*\\.html?");
    if (looksLikeFile && Files.exists(terminal.folder().resolve(page))) {
      throw usage(
          "%1$s is a file here; say --html %1$s, or https://%1$s for the site of that name"
              .formatted(page));
    }
    return withScheme(page);
  }

  /** An address as people write it, made whole. */
  public static String withScheme(String page) {
    if (SCHEME.matcher(page).matches()) {
      return page;
    }
    // Servers under development rarely have a certificate; every other site has.
    return (LOOPBACK.matcher(page).matches() ? "http://" : "https://") + page;
  }

  private String html(String file) {
    try {
      return new String(terminal.read(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw usage("--html: cannot read " + FileErrors.reason(e));
    }
  }

  private static CommandFailure usage(String line) {
    return new CommandFailure(ExitCode.USAGE, line);
  }
}
