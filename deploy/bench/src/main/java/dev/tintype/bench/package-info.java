/**
 * Benchmarks and the soak. They are neither tests nor shipped, and compile with every build so that
 * they stay usable.
 *
 * <p>Each benchmark has a package and a script of the same name in {@code deploy/bench}. It
 * compares the product with the least code that could do the same, or with what others use. The
 * contestants take turns within one run, because a machine is rarely as fast as it was a minute
 * ago. The results are ratios of neighbouring rounds with their range; absolute rates are for
 * orientation.
 *
 * <p>The soak measures no speed: it kills processes, counts what remains, and prints {@code ok} or
 * {@code BROKEN} for each promise.
 */
@NullMarked
package dev.tintype.bench;

import org.jspecify.annotations.NullMarked;
