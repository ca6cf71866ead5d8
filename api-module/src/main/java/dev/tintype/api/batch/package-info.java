/** Batches: up to a thousand captures submitted together, their results and their images. */
@NullMarked
package dev.tintype.api.batch;

import org.jspecify.annotations.NullMarked;
