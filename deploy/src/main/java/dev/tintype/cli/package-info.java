/**
 * The client side, over HTTP only: {@code shot}, {@code submit}, {@code status}, {@code wait},
 * {@code get}.
 *
 * <p>A command is a {@link dev.tintype.cli.ClientCommand}: it reads its flags, asks {@link
 * dev.tintype.cli.ApiClient}, and ends in an {@link dev.tintype.cli.ExitCode}. The flags of a
 * capture are made from {@code dev.tintype.request.CaptureField}, so that API and command line
 * cannot disagree. Waiting is {@link dev.tintype.cli.JobWatch}: many short questions, so that no
 * proxy on the way sees a long one.
 *
 * <p>Data goes to standard output, talk to standard error. What the server knows is read from its
 * answers: Redis, the queue, the API's and the workers' own classes may not enter. What the process
 * has (environment, streams, terminal) comes in by {@link dev.tintype.cli.Terminal} and {@link
 * dev.tintype.cli.EnvironmentDefaults}, so that tests can give it.
 */
@NullMarked
package dev.tintype.cli;

import org.jspecify.annotations.NullMarked;
