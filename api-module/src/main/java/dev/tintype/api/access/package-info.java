/**
 * Who makes a request, and which jobs and batches that caller finds. Every look-up by ID goes
 * through here.
 */
@NullMarked
package dev.tintype.api.access;

import org.jspecify.annotations.NullMarked;
