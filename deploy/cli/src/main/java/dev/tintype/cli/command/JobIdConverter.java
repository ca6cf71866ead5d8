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
          "\"" + text + "\" is no job id; 26 letters and digits are, as submit prints them");
    }
    return new JobId(text);
  }
}
