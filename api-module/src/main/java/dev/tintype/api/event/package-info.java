/** Server-sent events of one job or of all jobs of a tenant. */
@NullMarked
package dev.tintype.api.event;

import org.jspecify.annotations.NullMarked;
