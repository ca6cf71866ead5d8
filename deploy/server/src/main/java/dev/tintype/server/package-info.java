/**
 * The composition root: the commands that run processes. {@link dev.tintype.server.Tintype} is the
 * entry point; {@code serve} is {@code api} and {@code worker} in one process with an embedded
 * Redis.
 *
 * <p>A command turns its flags into one record per process ({@link
 * dev.tintype.server.ApiProcessConfig}, {@link dev.tintype.server.WorkerProcessConfig}), logs it,
 * and starts the parts under a {@link dev.tintype.server.ProcessLifecycle}. Nothing depends on this
 * package. Only here and in {@code dev.tintype.cli} is the environment read, and only here and
 * there does the process exit.
 */
@NullMarked
package dev.tintype.server;

import org.jspecify.annotations.NullMarked;
