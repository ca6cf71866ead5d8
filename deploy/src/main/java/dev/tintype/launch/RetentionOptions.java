package dev.tintype.launch;

import dev.tintype.cli.DurationConverter;
import dev.tintype.queue.Retention;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Flags about how much of the past is kept. */
final class RetentionOptions {
  @Option(
      names = "--retention",
      paramLabel = "DURATION",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "How long finished jobs and their images are kept. Default: ${DEFAULT-VALUE}.")
  private Duration age = Duration.ZERO;

  @Option(
      names = "--retention-jobs",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many finished jobs are kept. Default: ${DEFAULT-VALUE}.")
  private long jobs;

  @Option(
      names = "--retention-bytes",
      paramLabel = "SIZE",
      defaultValue = "1g",
      converter = SizeConverter.class,
      description =
          "How many bytes of images are kept, such as 500m or 4g; well under the maxmemory of Redis. Default: ${DEFAULT-VALUE}.")
  private long bytes;

  @Option(
      names = "--retention-tenant-jobs",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many finished jobs of one tenant are kept. Default: ${DEFAULT-VALUE}.")
  private long tenantJobs;

  @Option(
      names = "--retention-tenant-bytes",
      paramLabel = "SIZE",
      defaultValue = "1g",
      converter = SizeConverter.class,
      description = "How many bytes of images of one tenant are kept. Default: ${DEFAULT-VALUE}.")
  private long tenantBytes;

  Retention retention() {
    try {
      return new Retention(age, jobs, bytes, tenantJobs, tenantBytes);
    } catch (IllegalArgumentException e) {
      throw new StartException("--retention: " + e.getMessage(), e);
    }
  }

  /** Bytes as Redis writes them: powers of 1024. */
  private static final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})([kmgt]?)b?");
    private static final Map<String, Integer> SHIFTS =
        Map.of("", 0, "k", 10, "m", 20, "g", 30, "t", 40);

    @Override
    public Long convert(String text) {
      Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "\"" + text + "\" is no size; allowed is a number of bytes, or such as 500m or 4g");
      }
      return Long.parseLong(matcher.group(1)) << SHIFTS.getOrDefault(matcher.group(2), 0);
    }
  }
}
