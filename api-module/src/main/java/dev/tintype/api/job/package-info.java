/**
 * Jobs: submitted by a POST or by {@code GET /v1/screenshot}, read, listed, cancelled, deleted; and
 * their images.
 */
@NullMarked
package dev.tintype.api.job;

import org.jspecify.annotations.NullMarked;
