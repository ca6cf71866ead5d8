package dev.tintype.server;

import dev.tintype.cli.command.DurationConverter;
import dev.tintype.queue.Retention;
import dev.tintype.redis.connection.RedisFacts;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Flags about how much of the past is kept. */
final class RetentionOptions {
  // A laptop has that to spare; some thousand pictures.
  private static final long WITHOUT_LIMIT = 1L << 30;

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
      converter = SizeConverter.class,
      description =
          "How many bytes of images are kept, such as 500m or 4g. Default: half of the maxmemory of Redis, or 1g if it has none.")
  private @Nullable Long bytes;

  @Option(
      names = "--retention-tenant-jobs",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many finished jobs of one tenant are kept. Default: ${DEFAULT-VALUE}.")
  private long tenantJobs;

  @Option(
      names = "--retention-tenant-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "How many bytes of images of one tenant are kept. Default: as many as of all together.")
  private @Nullable Long tenantBytes;

  Duration age() {
    return age;
  }

  /** What that means on a Redis of this size. */
  Retention in(RedisFacts redis) {
    long room = redis.maxMemoryBytes() == 0 ? WITHOUT_LIMIT : redis.maxMemoryBytes() / 2;
    long all = Objects.requireNonNullElse(bytes, room);
    try {
      return new Retention(
          age, jobs, all, tenantJobs, Objects.requireNonNullElse(tenantBytes, all));
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
      try {
        return Math.multiplyExact(
            Long.parseLong(matcher.group(1)), 1L << SHIFTS.getOrDefault(matcher.group(2), 0));
      } catch (ArithmeticException e) {
        throw new TypeConversionException("\"" + text + "\" is more than any machine has");
      }
    }
  }
}
