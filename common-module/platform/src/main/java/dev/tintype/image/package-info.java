/**
 * The seam behind which images are stored, and what its implementations share. Images are stored
 * before a job points to them, and deleted after no job does: a script of the queue puts their keys
 * on a list of garbage, and upkeep passes them to {@link dev.tintype.image.ImageStore#delete}. An
 * image that escapes both expires.
 */
@NullMarked
package dev.tintype.image;

import org.jspecify.annotations.NullMarked;
