package dev.tintype.job;

import java.util.regex.Pattern;

/** Who a job belongs to. The name becomes part of Redis keys, so its alphabet is narrow. */
public record Tenant(String name) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /** The tenant of everybody, until API keys tell them apart. */
  public static final Tenant DEFAULT = new Tenant("default");

  public Tenant {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a tenant name: up to 63 of a-z, 0-9, _ and -, beginning with a letter or digit, are");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
