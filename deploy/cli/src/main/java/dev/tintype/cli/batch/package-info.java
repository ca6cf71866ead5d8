/**
 * Many captures, one folder: made side by side, and gone on with wherever a run was cut off.
 *
 * <p>{@link dev.tintype.cli.batch.Journal} is the memory, a file in the folder; {@link
 * dev.tintype.cli.batch.Batch} does the work; {@link dev.tintype.cli.batch.Submission} alone knows
 * by which requests captures become jobs. The client is known here; the command line, its words and
 * its flags are not.
 */
@NullMarked
package dev.tintype.cli.batch;

import org.jspecify.annotations.NullMarked;
