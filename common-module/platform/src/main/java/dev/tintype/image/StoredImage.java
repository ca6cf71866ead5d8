package dev.tintype.image;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * An image that was opened.
 *
 * @param size of the whole image in bytes
 * @param content bytes of the range that was asked for. Paused: nothing is read until there is
 *     demand. Fails if the image is deleted meanwhile
 */
public record StoredImage(long size, ReadStream<Buffer> content) {}
