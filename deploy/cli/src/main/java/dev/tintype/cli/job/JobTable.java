package dev.tintype.cli.job;

import dev.tintype.cli.command.TextTable;
import dev.tintype.client.RemoteJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Jobs for people, a line each, so that the first is shown before the last is known. */
public final class JobTable {
  // As wide as the widest cells, so that every line has the same columns.
  private static final List<String> COLUMNS =
      List.of(
          wide("ID", 26),
          wide("STATE", 9),
          wide("AGE", 4),
          wide("TOOK", 8),
          wide("RESULT", 14),
          "PAGE");

  static final String HEAD = TextTable.lines(List.of(COLUMNS)).get(0);

  private JobTable() {}

  /**
   * A line.
   *
   * @param now by the clock of this machine, which is the one that its reader looks at
   */
  static String line(RemoteJob job, Instant now) {
    List<String> row =
        List.of(
            job.id().value(),
            job.state(),
            job.moment("createdAt").map(made -> age(Duration.between(made, now))).orElse("-"),
            job.between("createdAt", "finishedAt").map(Summary::time).orElse("-"),
            result(job),
            job.text("/url").isEmpty() ? "(html)" : job.text("/url"));
    return TextTable.lines(List.of(COLUMNS, row)).get(1);
  }

  /** HTTP status of the page, or the code of the failure. */
  private static String result(RemoteJob job) {
    return Stream.of(job.text("/failure/code"), job.text("/result/status"), job.text("/status"))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("-");
  }

  /** In the largest unit that it has one of; a clock that is behind the server's says none. */
  static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
  }

  private static String wide(String head, int width) {
    return head + " ".repeat(width - head.length());
  }
}
