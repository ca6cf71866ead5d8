/**
 * The one {@code ObjectMapper}: how values of the house are written in Redis and over HTTP.
 *
 * <p>Enums are their words, times and durations ISO 8601, absent values are left out. What a client
 * sends is not read here but in {@code dev.tintype.request}, which explains every error; this room
 * reads back only what the house wrote itself.
 */
@NullMarked
package dev.tintype.json;

import org.jspecify.annotations.NullMarked;
