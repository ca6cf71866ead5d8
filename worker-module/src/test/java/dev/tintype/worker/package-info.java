/** The worker as a whole: a real Redis, a real browser, and orders that come at bad moments. */
@NullMarked
package dev.tintype.worker;

import org.jspecify.annotations.NullMarked;
