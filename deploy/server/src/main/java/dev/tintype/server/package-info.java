/**
 * The composition root: the commands that run processes, and the only place where all rooms are
 * known. {@link dev.tintype.server.Tintype} is the entry; {@code serve} is {@code api} and {@code
 * worker} in one process over a Redis of its own.
 *
 * <p>Nothing depends on this room. Here and in {@code dev.tintype.cli} alone the environment is
 * read and the process exits.
 */
@NullMarked
package dev.tintype.server;

import org.jspecify.annotations.NullMarked;
