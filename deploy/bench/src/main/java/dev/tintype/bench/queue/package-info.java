/**
 * The queue without HTTP and browsers: its throughput and its recovery from dead workers compared
 * with BullMQ, and its costs when a million jobs wait.
 */
@NullMarked
package dev.tintype.bench.queue;

import org.jspecify.annotations.NullMarked;
