package dev.tintype.worker.capture;

/**
 * A page that is ready for its screenshot.
 *
 * @param height of the whole document, CSS pixels
 */
record Prepared(String title, int height) {}
