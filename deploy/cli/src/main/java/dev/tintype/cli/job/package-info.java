/**
 * Commands for jobs that exist: {@code status}, {@code wait}, {@code events}, {@code get}, {@code
 * list}, {@code cancel} and {@code delete}; also how a job is presented ({@link
 * dev.tintype.cli.job.Summary}) and where its image is saved ({@link
 * dev.tintype.cli.job.ImageTarget}).
 */
@NullMarked
package dev.tintype.cli.job;

import org.jspecify.annotations.NullMarked;
