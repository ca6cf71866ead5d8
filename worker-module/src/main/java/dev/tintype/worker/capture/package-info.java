/**
 * A capture as named steps under one deadline: open, navigate, settle, prepare, shoot. {@link
 * CaptureSteps} reads like that list, and each step is a class.
 *
 * <p>{@link Photographer} is the seam that the worker verticle calls on its event loop; {@link
 * PlaywrightPhotographer} hands the steps to a browser, adds what the egress proxy knows, and turns
 * every failure into one {@code CaptureException}. A {@code CaptureSpec} comes in, a {@link
 * CapturedPage} goes out; storing it is the caller's task. The queue, stores and HTTP must not be
 * imported here. The steps run on the browser's thread and keep nothing of it.
 *
 * <p>The resources next to these classes are the functions that run inside the page.
 */
@NullMarked
package dev.tintype.worker.capture;

import org.jspecify.annotations.NullMarked;
