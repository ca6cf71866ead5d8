/**
 * Commands that submit a capture: {@code shot}, {@code submit} and {@code bench}.
 *
 * <p>The flags are made from {@code dev.tintype.capture.CaptureOptions}, so that API and command
 * line cannot disagree.
 */
@NullMarked
package dev.tintype.cli.capture;

import org.jspecify.annotations.NullMarked;
