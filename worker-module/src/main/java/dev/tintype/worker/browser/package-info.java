/**
 * A browser that is always available and never blocks its caller for longer than allowed.
 *
 * <p>A caller on an event loop gives {@link BrowserVerticle} a task. The task runs on the one
 * thread that owns Playwright, its driver process and one Chromium, and opens a page in a context
 * of its own. Playwright has no deadline on the client side, so a {@link Watchdog} on the event
 * loop ends a task that takes too long by killing the processes; the verticle then starts new ones
 * on the same thread.
 *
 * <p>This package knows Playwright and no jobs: it must not import {@code dev.tintype.job} or
 * {@code dev.tintype.queue}. Tasks come from {@code dev.tintype.worker.capture}.
 */
@NullMarked
package dev.tintype.worker.browser;

import org.jspecify.annotations.NullMarked;
