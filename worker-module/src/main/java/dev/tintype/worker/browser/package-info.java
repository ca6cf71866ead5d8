/**
 * A browser that is always there, and never in the way for longer than it was given.
 *
 * <p>{@link BrowserVerticle} is the door: a caller on an event loop hands it a function, the
 * function runs on the one thread that owns Playwright, its driver process and one Chromium, and
 * gets a page that nobody used before. Playwright has no deadline on its own side, so a {@link
 * Watchdog} on the event loop ends what lasts too long by killing the processes; the verticle then
 * starts new ones on the same thread.
 *
 * <p>This room knows Playwright and not jobs: {@code dev.tintype.job} and {@code dev.tintype.queue}
 * may not enter. Work comes from {@code dev.tintype.worker.capture}, which says what to do with a
 * page; nothing goes on from here but the browser itself.
 */
@NullMarked
package dev.tintype.worker.browser;

import org.jspecify.annotations.NullMarked;
