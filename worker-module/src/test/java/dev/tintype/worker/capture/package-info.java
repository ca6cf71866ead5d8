/** Captures of real pages by a real browser, and the parts that need none. */
@NullMarked
package dev.tintype.worker.capture;

import org.jspecify.annotations.NullMarked;
