/**
 * The nouns of the product: a job, the capture that it asks for, its states, and how it ended.
 *
 * <p>Pure Java. Redis, HTTP, the browser, JSON and Vert.x may not enter, so that every other room
 * can speak these words. Enums print themselves as the word that stands on the wire and in Redis.
 */
@NullMarked
package dev.tintype.job;

import org.jspecify.annotations.NullMarked;
