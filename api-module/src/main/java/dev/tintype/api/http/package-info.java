/**
 * The parts of HTTP that the handlers share: bodies, parameters, entity tags, ranges, bounded waits
 * and event streams. Knows no resource.
 */
@NullMarked
package dev.tintype.api.http;

import org.jspecify.annotations.NullMarked;
