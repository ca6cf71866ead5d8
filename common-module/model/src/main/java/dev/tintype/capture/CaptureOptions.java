package dev.tintype.capture;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldTable;
import dev.tintype.capture.field.OptionGroup;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of all options of a capture. An option is added to its group; a group is added here.
 */
public final class CaptureOptions {
  // What decides how the image looks. The rest decides when it is made and who gets it.
  private static final OptionGroup[] OF_THE_IMAGE = {
    Input.GROUP, Viewport.GROUP, Area.GROUP, Format.GROUP, Wait.GROUP, Limits.GROUP
  };
  private static final OptionGroup[] OF_THE_JOB = {
    Schedule.GROUP, Cache.GROUP, JobWebhook.GROUP, Metadata.GROUP
  };

  /** Every option of a request. */
  public static final FieldTable TABLE = table();

  /** The options of the image alone, which workers read and the cache compares. */
  static final FieldTable IMAGE = FieldTable.of(OF_THE_IMAGE);

  private CaptureOptions() {}

  private static FieldTable table() {
    FieldTable table =
        FieldTable.of(
            Stream.of(OF_THE_IMAGE, OF_THE_JOB).flatMap(Stream::of).toArray(OptionGroup[]::new));
    return table.advisedBy(new ForeignNames(table));
  }

  /** Every option, in the order of the documentation. */
  public static List<Field<?>> fields() {
    return TABLE.fields();
  }
}
