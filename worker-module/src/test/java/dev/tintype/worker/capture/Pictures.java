package dev.tintype.worker.capture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Reads pictures, and leaves them in {@code target/pictures} for people to look at. */
final class Pictures {
  private Pictures() {}

  static BufferedImage read(CapturedPage page, String name) throws IOException {
    byte[] file = page.image().bytes().getBytes();
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    Files.write(folder.resolve(name + ".png"), file);
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(file)));
  }
}
