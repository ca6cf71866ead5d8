package dev.tintype.cli.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/**
 * The version of the product, which is the {@code revision} of the root POM. Maven writes it into
 * the manifest of each jar; a build that runs from class folders has none.
 */
public final class ProductVersion implements IVersionProvider {
  /** Such as {@code 0.1.0}, or {@code unreleased} outside of a jar. */
  public static String current() {
    @Nullable String version = ProductVersion.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "unreleased");
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /** The answer to {@code --version}. */
  public static String line() {
    return "tintype " + current();
  }
}
