package dev.tintype.cli.job;

import dev.tintype.client.RemoteJob;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Which HTTP statuses of a page count as a failure. A page that answers 404 is captured like any
 * other; a script may want to know.
 */
public final class StatusOptions {
  @Option(
      names = "--fail-on-status",
      paramLabel = "STATUS",
      split = ",",
      converter = Statuses.Converter.class,
      description =
          "Exit with 1 if the page answered with one of these HTTP statuses, such as 404 or 4xx,5xx."
              + " The image is saved all the same.")
  private List<Statuses> failing = new ArrayList<>();

  /** Whether the page of a job that has succeeded answered with one of them. */
  public boolean isFailing(RemoteJob job) {
    String status = job.text("/result/status");
    return failing.stream().anyMatch(statuses -> statuses.include(status));
  }

  /** A status, or all of a class. */
  record Statuses(String text) {
    private static final Pattern FORM = Pattern.compile("[1-5](\\d\\d|xx)");

    boolean include(String status) {
      return text.endsWith("xx")
          ? status.length() == 3 && status.charAt(0) == text.charAt(0)
          : status.equals(text);
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<Statuses> {
      @Override
      public Statuses convert(String text) {
        if (!FORM.matcher(text).matches()) {
          throw new TypeConversionException(
              "\"" + text + "\" is not an HTTP status. Expected 404, 4xx, or several as 4xx,503");
        }
        return new Statuses(text);
      }
    }
  }
}
