/**
 * The command {@code batch}: captures every page of a list into one folder, and continues after an
 * interruption.
 *
 * <p>{@link dev.tintype.cli.batch.BatchCommand} reads the list, {@link
 * dev.tintype.cli.batch.Journal} is the memory in the folder, {@link
 * dev.tintype.cli.batch.BatchRun} does the work, and {@link dev.tintype.cli.batch.PageSubmission}
 * alone knows which requests turn captures into jobs.
 */
@NullMarked
package dev.tintype.cli.batch;

import org.jspecify.annotations.NullMarked;
