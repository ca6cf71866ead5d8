package dev.tintype.bench;

/** A capture that several benchmarks submit. */
public final class SampleCapture {
  /** Its host is an IP address: the egress policy checks it, and no name is resolved. */
  public static final String OF_URL =
      """
      {"url": "https://1.1.1.1/a/page?of=some&length=usual", "viewport": {"width": 1280, "height": 800}}""";

  private SampleCapture() {}
}
