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

/** Reads a moment, or how long ago it was by the clock of this machine. */
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
                        + "\" is no moment since 1970, as 2030-01-31T18:00:00Z is, and no duration"
                        + " before now, as 90s, 10m and 2h are"));
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
