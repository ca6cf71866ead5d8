/** Liveness and readiness. */
@NullMarked
package dev.tintype.api.health;

import org.jspecify.annotations.NullMarked;
