/**
 * The client program: which commands there are, and how a command line becomes one of them. The
 * commands talk HTTP to a server and know nothing else of the platform.
 *
 * <p>{@link dev.tintype.cli.ClientCommands} lists the commands by name and creates only the one
 * that was asked for. What all commands share is in {@code .command}; the commands themselves are
 * grouped by subject:
 *
 * <ul>
 *   <li>{@code .capture}: {@code shot}, {@code submit}, {@code bench}, and the flags of a capture
 *   <li>{@code .job}: {@code status}, {@code wait}, {@code events}, {@code get}, {@code list},
 *       {@code cancel}, {@code delete}, and how a job and its image are presented
 *   <li>{@code .batch}: {@code batch} and its journal
 *   <li>{@code .webhook}: {@code webhook ...}
 * </ul>
 */
@NullMarked
package dev.tintype.cli;

import org.jspecify.annotations.NullMarked;
