/**
 * The capture as people write it: one table of fields, read from a JSON body, from query
 * parameters, or from CLI flags.
 *
 * <p>{@link dev.tintype.capture.CaptureField} is the table: where a field stands in the body, its
 * flat name in a query or on the command line, what is allowed, and the default. {@link
 * dev.tintype.capture.CaptureReader} turns any of the three spellings into a {@code CaptureSpec},
 * or into all errors at once. The API and the CLI share it, so they cannot disagree. HTTP and the
 * command line themselves may not enter.
 */
@NullMarked
package dev.tintype.capture;

import org.jspecify.annotations.NullMarked;
