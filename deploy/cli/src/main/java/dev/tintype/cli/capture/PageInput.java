package dev.tintype.cli.capture;

import dev.tintype.capture.Input;
import dev.tintype.capture.field.Field;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.FileErrors;
import dev.tintype.cli.command.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page to capture: a URL as people write it, or HTML from a file or a pipe. */
public final class PageInput {
  // A digit after the colon is a port: localhost:8080 has no scheme.
  private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:(?!\\d).*");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|[^/:]+\\.localhost|127(\\.\\d+){3})([:/?#].*)?");

  // One word that is a URL with a scheme, or a host with a dot. HTML has a tag or a blank.
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)https?://[^\\s<>]+|[a-z0-9-]+(\\.[a-z0-9-]+)+(:\\d+)?(/[^\\s<>]*)?");

  private final Terminal terminal;

  PageInput(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Adds the page, given as an argument or as a flag. */
  void read(@Nullable String page, Map<Field<?>, List<String>> texts) {
    List<String> files = texts.get(Input.HTML);
    String file = files == null ? null : files.get(0);
    if (page != null && file != null) {
      throw usage("URL and --html exclude each other; give one of them");
    }
    if (file != null) {
      texts.put(Input.HTML, List.of(html(file)));
    } else if (page == null) {
      throw usage("no page to capture; give a URL, --html FILE, or - for HTML on standard input");
    } else if (page.equals("-")) {
      texts.put(Input.HTML, List.of(piped()));
    } else {
      texts.put(Input.URL, List.of(address(page)));
    }
  }

  /**
   * The page on standard input. Everybody else's {@code -} would take a URL there, so that is
   * refused.
   */
  private String piped() {
    String html = html("-");
    String text = html.strip();
    if (ADDRESS.matcher(text).matches()) {
      throw usage(
          "standard input is a URL, and - captures a page of HTML; give the URL as an argument:"
              + " tintype shot "
              + text
              + ", or use --html - to capture this text");
    }
    return html;
  }

  private String address(String page) {
    boolean looksLikeFile = page.toLowerCase(Locale.ROOT).matches(".*\\.html?");
    if (looksLikeFile && Files.exists(terminal.folder().resolve(page))) {
      throw usage(
          "%1$s is a file in this folder; use --html %1$s for the file, or https://%1$s for the site"
              .formatted(page));
    }
    return withScheme(page);
  }

  /** The URL with a scheme: {@code https} unless the host is loopback. */
  public static String withScheme(String page) {
    if (SCHEME.matcher(page).matches()) {
      return page;
    }
    // A server on this machine rarely has a certificate; every other site has one.
    return (LOOPBACK.matcher(page).matches() ? "http://" : "https://") + page;
  }

  private String html(String file) {
    try {
      return terminal.readText(file);
    } catch (IOException e) {
      throw usage("--html: cannot read " + FileErrors.message(file, e));
    }
  }

  private static CommandFailure usage(String line) {
    return new CommandFailure(ExitCode.USAGE, line);
  }
}
