/** The browser's life: its thread, its limits, its end and its replacement. */
@NullMarked
package dev.tintype.worker.browser;

import org.jspecify.annotations.NullMarked;
