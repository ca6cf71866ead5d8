/**
 * The architecture's rules, checked in all modules. Each rule is also applied to a planted
 * violation, which shows that it can fail.
 */
@NullMarked
package dev.tintype.architecture;

import org.jspecify.annotations.NullMarked;
