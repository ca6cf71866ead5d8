/**
 * What happens to a page until it is a picture: open, navigate, settle, prepare, shoot, in this
 * order, each a class, all under one deadline. {@link CaptureSteps} reads like that list.
 *
 * <p>{@link Photographer} is the seam that the worker verticle calls on its event loop; {@link
 * PlaywrightPhotographer} hands the steps to a browser, adds what the egress proxy knows, and turns
 * every failure into one {@code CaptureException}. A {@code CaptureSpec} comes in, a {@link
 * CapturedPage} goes out; storing it is the caller's task. The queue, stores and HTTP must not be
 * imported here. The steps run on the browser's thread and keep nothing of it.
 *
 * <p>The resources beside these classes are the functions that run inside of the page.
 */
@NullMarked
package dev.tintype.worker.capture;

import org.jspecify.annotations.NullMarked;
