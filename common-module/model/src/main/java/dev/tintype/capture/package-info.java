/**
 * The options of a capture, one file for each group of them.
 *
 * <p>A group file (such as {@link dev.tintype.capture.Viewport}) holds the group's record, its
 * fields and its rules. {@link dev.tintype.capture.CaptureOptions} lists the groups; the JSON body,
 * the query, the flags, the schema and the documentation are all derived from that table, so they
 * cannot disagree. {@link dev.tintype.capture.CaptureReader} turns a body or a query into a {@link
 * dev.tintype.capture.CaptureRequest}, or reports every error at once. {@link
 * dev.tintype.capture.StoredCapture} is the form that a job keeps. HTTP and the command line
 * themselves have no place here.
 */
@NullMarked
package dev.tintype.capture;

import org.jspecify.annotations.NullMarked;
