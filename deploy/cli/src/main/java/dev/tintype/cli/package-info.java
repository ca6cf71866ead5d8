/**
 * The client side of the command line, over HTTP only: {@code shot}, {@code submit}, {@code
 * status}, {@code wait}, {@code get}, {@code list}, {@code cancel}, {@code delete} and more; {@link
 * dev.tintype.cli.ClientCommands} lists them all.
 *
 * <p>A command is a {@link dev.tintype.cli.ClientCommand}: it reads its flags, asks {@link
 * dev.tintype.client.TintypeClient} or shows what it would ask, and ends in an {@link
 * dev.tintype.cli.ExitCode}; what goes wrong is put into words by {@link
 * dev.tintype.cli.Explanation}. A command without a server is a {@link dev.tintype.cli.Subcommand}.
 * The flags of a capture are made from {@code dev.tintype.capture.CaptureField}, so that API and
 * command line cannot disagree.
 *
 * <p>Data goes to standard output, talk to standard error. What the server knows is read from its
 * answers: Redis, the queue, the API's and the workers' own classes may not enter. What the process
 * has (environment, streams, terminal) comes in by {@link dev.tintype.cli.Terminal} and {@link
 * dev.tintype.cli.EnvironmentDefaults}, so that tests can give it.
 */
@NullMarked
package dev.tintype.cli;

import org.jspecify.annotations.NullMarked;
