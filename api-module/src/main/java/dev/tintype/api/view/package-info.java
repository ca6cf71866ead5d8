/** The wire form of a job, which several resources show. */
@NullMarked
package dev.tintype.api.view;

import org.jspecify.annotations.NullMarked;
