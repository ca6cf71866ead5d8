/**
 * The product as its users have it: the distribution's own processes, a real nginx, a real Redis, a
 * real browser.
 */
@NullMarked
package dev.tintype.system;

import org.jspecify.annotations.NullMarked;
