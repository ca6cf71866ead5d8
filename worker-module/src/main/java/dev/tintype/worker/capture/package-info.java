/**
 * What happens to a page until it is a picture: open, navigate, settle, prepare, shoot, in this
 * order, each a class, all under one deadline. {@link Capture} reads like that list.
 *
 * <p>{@link Camera} is the door for the worker verticle, on its event loop: it hands the steps to a
 * browser and turns every way of failing into one {@code CaptureException}. What to capture comes
 * in as a {@code CaptureSpec}; a {@link CapturedPage} goes out, and storing it is the caller's.
 * Queue, Redis and HTTP may not enter; the steps run on the browser's thread and keep nothing of
 * it.
 *
 * <p>The resources beside these classes are the functions that run inside of the page.
 */
@NullMarked
package dev.tintype.worker.capture;

import org.jspecify.annotations.NullMarked;
