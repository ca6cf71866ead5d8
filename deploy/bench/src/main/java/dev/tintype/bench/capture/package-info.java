/**
 * Captures per second of {@code tintype serve}, compared with bare Playwright loops over the same
 * pages.
 */
@NullMarked
package dev.tintype.bench.capture;

import org.jspecify.annotations.NullMarked;
