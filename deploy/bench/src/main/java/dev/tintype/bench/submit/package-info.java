/**
 * Submissions per second of {@code tintype api}, compared with a bare Vert.x handler that runs the
 * same script.
 */
@NullMarked
package dev.tintype.bench.submit;

import org.jspecify.annotations.NullMarked;
