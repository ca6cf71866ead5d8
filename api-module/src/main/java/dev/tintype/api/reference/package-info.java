/** The OpenAPI document, its viewer, and a page for each problem. */
@NullMarked
package dev.tintype.api.reference;

import org.jspecify.annotations.NullMarked;
