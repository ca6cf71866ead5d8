/**
 * What every client command shares: streams, options, environment variables, error messages and
 * exit codes.
 *
 * <p>A command extends {@link dev.tintype.cli.command.ClientCommand}: it reads its flags, calls
 * {@link dev.tintype.client.TintypeClient} or shows what it would send, and ends with an {@link
 * dev.tintype.cli.command.ExitCode}. {@link dev.tintype.cli.command.Explanation} turns errors into
 * messages. A command that needs no server extends {@link dev.tintype.cli.command.Subcommand}.
 *
 * <p>Data goes to standard output, messages to standard error. Streams, terminal and environment
 * come in through {@link dev.tintype.cli.command.Terminal} and {@link
 * dev.tintype.cli.command.EnvironmentDefaults}, so that tests can replace them. This package knows
 * no particular command.
 */
@NullMarked
package dev.tintype.cli.command;

import org.jspecify.annotations.NullMarked;
