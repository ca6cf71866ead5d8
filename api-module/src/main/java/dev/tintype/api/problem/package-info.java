/** The errors of the API (RFC 9457): one table from codes to statuses, titles and advice. */
@NullMarked
package dev.tintype.api.problem;

import org.jspecify.annotations.NullMarked;
