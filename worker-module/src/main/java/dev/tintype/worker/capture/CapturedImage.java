package dev.tintype.worker.capture;

import dev.tintype.capture.Format.ImageType;
import io.vertx.core.buffer.Buffer;

/**
 * One image of a capture.
 *
 * @param name unique within the capture, as in a {@code CaptureResult}
 * @param bytes the encoded file
 * @param width in device pixels, as the file itself says
 * @param height in device pixels, as the file itself says
 */
public record CapturedImage(String name, ImageType type, Buffer bytes, int width, int height) {}
