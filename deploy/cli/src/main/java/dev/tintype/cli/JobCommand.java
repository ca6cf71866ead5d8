package dev.tintype.cli;

import dev.tintype.client.Pacing;
import dev.tintype.job.JobId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** A command about one job that exists. */
abstract class JobCommand extends ClientCommand {
  @Parameters(
      paramLabel = "ID",
      converter = IdConverter.class,
      description = "The job, as submit prints it.")
  private @Nullable JobId id;

  JobCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  /** To look at it; what most of these commands begin with. */
  @Override
  List<ApiRequest> requests() {
    return List.of(ApiRequest.get("/v1/jobs/" + id()));
  }

  JobId id() {
    return Objects.requireNonNull(id, "picocli refuses a command without it");
  }

  static final class IdConverter implements ITypeConverter<JobId> {
    @Override
    public JobId convert(String text) {
      if (!JobId.isValid(text)) {
        throw new TypeConversionException(
            "\"" + text + "\" is no job id; 26 letters and digits are, as submit prints them");
      }
      return new JobId(text);
    }
  }
}
