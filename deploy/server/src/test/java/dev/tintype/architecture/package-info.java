/**
 * The rules of the house, held against all modules. Each rule is also shown a violation, so that it
 * is known to bite.
 */
@NullMarked
package dev.tintype.architecture;

import org.jspecify.annotations.NullMarked;
