package dev.tintype.cli.command;

import dev.tintype.job.JobId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the ID of a job. */
public final class JobIdConverter implements ITypeConverter<JobId> {
  @Override
  public JobId convert(String text) {
    if (!JobId.isValid(text)) {
      throw new TypeConversionException(
          "\""
              + text
              + "\" is not a job ID. Expected 26 letters and digits, as printed by \"tintype submit\".");
    }
    return new JobId(text);
  }
}
