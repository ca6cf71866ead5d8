@NullMarked
package dev.tintype.worker.webhook;

import org.jspecify.annotations.NullMarked;
