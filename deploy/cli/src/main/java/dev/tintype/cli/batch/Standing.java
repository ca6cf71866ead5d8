package dev.tintype.cli.batch;

import dev.tintype.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * How far a page is, by the journal.
 *
 * @param job that was made of it; null if that is not known
 * @param file where its image is; null if it is not there yet
 * @param rounds how often a job of it has ended without an image
 * @param hasFailed whether the last of these was the page's own fault
 */
public record Standing(@Nullable JobId job, @Nullable String file, int rounds, boolean hasFailed) {
  static final Standing UNTOUCHED = new Standing(null, null, 0, false);
}
