package dev.tintype.capture;

import static dev.tintype.capture.field.Types.document;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;

/** The caller's own data. The platform stores it and gives it back. */
public final class Metadata {
  public static final Field<String> METADATA =
      Field.at("/metadata", "metadata", document(4096, 16))
          .describedAs("JSON object of your own, returned with the job and in webhooks.");

  static final OptionGroup GROUP = OptionGroup.of("Metadata", METADATA);

  private Metadata() {}
}
