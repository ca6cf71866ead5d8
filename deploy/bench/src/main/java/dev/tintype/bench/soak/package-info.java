/**
 * Real processes under random kills. Afterwards every promise of the README is checked against what
 * the clients were told and what is in Redis.
 */
@NullMarked
package dev.tintype.bench.soak;

import org.jspecify.annotations.NullMarked;
