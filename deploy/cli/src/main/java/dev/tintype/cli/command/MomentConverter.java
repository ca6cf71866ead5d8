package dev.tintype.cli.command;

import dev.tintype.capture.field.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time, or how long ago it was by the clock of this machine. */
public final class MomentConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    return Durations.parse(text)
        .filter(ago -> !ago.isNegative())
        .flatMap(MomentConverter::before)
        .or(() -> moment(text))
        .filter(moment -> !moment.isBefore(Instant.EPOCH))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\""
                        + text
                        + "\" is not a time. Expected a time since 1970 such as 2030-01-31T18:00:00Z, or how"
                        + " long ago, such as 90s, 10m or 2h."));
  }

  private static Optional<Instant> before(Duration ago) {
    try {
      return Optional.of(InstantSource.system().instant().minus(ago));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
