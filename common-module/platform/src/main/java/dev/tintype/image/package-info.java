/**
 * The seam behind which images are kept. An image is stored under a key of its own before its job
 * points to it; one whose job never does expires by itself.
 */
@NullMarked
package dev.tintype.image;

import org.jspecify.annotations.NullMarked;
