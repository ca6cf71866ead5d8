/**
 * What every submission goes through before it is stored, whichever resource receives it: the
 * checks of pages and webhooks, and the reasons why the queue refuses it.
 */
@NullMarked
package dev.tintype.api.submission;

import org.jspecify.annotations.NullMarked;
