package dev.tintype.worker.capture;

import dev.tintype.capture.Format.ImageType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The size of an image, device pixels, as its file says: scales that are not whole are rounded by
 * the browser.
 */
record ImageSize(int width, int height) {

  /**
   * Reads the header.
   *
   * @throws IllegalArgumentException if this is no image of this type
   */
  static ImageSize of(byte[] file, ImageType type) {
    try {
      return switch (type) {
        case PNG -> png(ByteBuffer.wrap(file));
        case JPEG -> jpeg(ByteBuffer.wrap(file));
        case WEBP -> webp(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
      };
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the " + type + " ends within its header", e);
    }
  }

  // PNG, 11.2.1: the header chunk is the first.
  private static ImageSize png(ByteBuffer file) {
    expect(file.getLong(0) == 0x89504E470D0A1A0AL, "PNG");
    return new ImageSize(file.getInt(16), file.getInt(20));
  }

  // ITU T.81, B.2.2: segments follow each other until the one that begins the frame.
  private static ImageSize jpeg(ByteBuffer file) {
    expect(file.getShort(0) == (short) 0xFFD8, "JPEG");
    int at = 2;
    while (true) {
      int marker = file.getShort(at) & 0xFFFF;
      boolean isFrame =
          marker >= 0xFFC0
              && marker <= 0xFFCF
              && marker != 0xFFC4
              && marker != 0xFFC8
              && marker != 0xFFCC;
      if (isFrame) {
        return new ImageSize(file.getShort(at + 7) & 0xFFFF, file.getShort(at + 5) & 0xFFFF);
      }
      at += 2 + (file.getShort(at + 2) & 0xFFFF);
    }
  }

  // RFC 9649: lossy (2.5), lossless (2.6), extended (2.7).
  private static ImageSize webp(ByteBuffer file) {
    expect(file.getInt(0) == 0x46464952 && file.getInt(8) == 0x50424557, "WebP");
    return switch (file.getInt(12)) {
      case 0x20385056 -> new ImageSize(file.getShort(26) & 0x3FFF, file.getShort(28) & 0x3FFF);
      case 0x4C385056 -> {
        int bits = file.getInt(21);
        yield new ImageSize((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
      }
      case 0x58385056 ->
          new ImageSize((file.getInt(24) & 0xFFFFFF) + 1, (file.getInt(26) >>> 8) + 1);
      default -> throw new IllegalArgumentException("a WebP of an unknown kind");
    };
  }

  private static void expect(boolean is, String what) {
    if (!is) {
      throw new IllegalArgumentException("not a " + what);
    }
  }
}
