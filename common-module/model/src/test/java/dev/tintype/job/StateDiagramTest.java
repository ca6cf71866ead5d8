package dev.tintype.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The diagram that people read is the specification that the steps are tested against. */
class StateDiagramTest {
  private static final Pattern EDGE = Pattern.compile("(?m)^  (\\S+) --> (\\S+)( : .+)?$");
  private static final String OUTSIDE = "[*]";

  @Test
  void theDiagramHasEveryStepThatIsAllowedAndNoOther() throws IOException {
    Set<String> steps = new TreeSet<>();
    for (JobState from : JobState.values()) {
      Arrays.stream(JobState.values())
          .filter(from::canBecome)
          .forEach(to -> steps.add(from + " " + to));
      if (from.isFinal()) {
        steps.add(from + " " + OUTSIDE);
      }
    }
    // A job begins to wait when it is submitted.
    steps.add(OUTSIDE + " " + JobState.SCHEDULED);
    steps.add(OUTSIDE + " " + JobState.QUEUED);

    assertThat(edges()).isEqualTo(steps);
  }

  private static Set<String> edges() throws IOException {
    return EDGE.matcher(Files.readString(Path.of("..", "RATIONALE.md")))
        .results()
        .map(edge -> edge.group(1) + " " + edge.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
