/** The commands that run processes, and what the README says of them. */
@NullMarked
package dev.tintype.server;

import org.jspecify.annotations.NullMarked;
