/** Images as Redis strings: an implementation of the seam in {@code dev.tintype.image}. */
@NullMarked
package dev.tintype.redis.image;

import org.jspecify.annotations.NullMarked;
