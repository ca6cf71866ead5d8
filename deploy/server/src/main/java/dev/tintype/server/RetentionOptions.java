package dev.tintype.server;

import dev.tintype.cli.command.DurationConverter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Flags for how long finished jobs and their images are kept. */
final class RetentionOptions {
  @Option(
      names = "--retention",
      paramLabel = "DURATION",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "Maximum age of finished jobs and their images. Default: ${DEFAULT-VALUE}.")
  private Duration age = Duration.ZERO;

  @Option(
      names = "--retention-jobs",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Maximum number of finished jobs. Default: ${DEFAULT-VALUE}.")
  private long jobs;

  @Option(
      names = "--retention-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Maximum total size of images, such as 500m or 4g. Default: half of the maxmemory of Redis, or 1g if Redis has no maxmemory.")
  private @Nullable Long bytes;

  @Option(
      names = "--retention-tenant-jobs",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Maximum number of finished jobs per tenant. Default: ${DEFAULT-VALUE}.")
  private long tenantJobs;

  @Option(
      names = "--retention-tenant-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Maximum total size of images per tenant. Default: the value of --retention-bytes.")
  private @Nullable Long tenantBytes;

  RetentionConfig config() {
    return new RetentionConfig(age, jobs, bytes, tenantJobs, tenantBytes);
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
            "\""
                + text
                + "\" is not a size; allowed is a number of bytes, or a number with a unit such as 500m or 4g");
      }
      try {
        return Math.multiplyExact(
            Long.parseLong(matcher.group(1)), 1L << SHIFTS.getOrDefault(matcher.group(2), 0));
      } catch (ArithmeticException e) {
        throw new TypeConversionException(
            "\"" + text + "\" is too large; allowed is less than 8 EiB");
      }
    }
  }
}
