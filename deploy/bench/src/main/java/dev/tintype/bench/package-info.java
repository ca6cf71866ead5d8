/**
 * What the house costs, measured beside the least that could do the same: {@link
 * dev.tintype.bench.SubmitBenchmark} against a bare handler, {@link
 * dev.tintype.bench.CaptureBenchmark} against a bare loop; and beside what others use: {@link
 * dev.tintype.bench.QueueBenchmark} against BullMQ. {@code deploy/bench/submit}, {@code capture}
 * and {@code queue} run them, on the classes of the distribution and these alone.
 *
 * <p>{@link dev.tintype.bench.Soak} is of another kind: it measures nothing beside anything, but
 * kills and recounts, and says {@code ok} or {@code BROKEN}. {@code deploy/bench/soak} runs it,
 * also on the recount of the queue's own tests.
 *
 * <p>A machine is never as fast as it was a minute ago. So the contestants take turns within one
 * run, and what counts are ratios of neighbouring rounds, with their spread; rates are printed for
 * orientation.
 *
 * <p>Compiled with the tests so that it cannot rot; no test, because a figure is not true or false,
 * and a soak takes its time.
 */
@NullMarked
package dev.tintype.bench;

import org.jspecify.annotations.NullMarked;
