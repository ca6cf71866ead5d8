package dev.tintype.worker.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTargetTest {
  @Test
  void urlIsSplitIntoHostPortAndPath() {
    assertThat(EgressTarget.ofAbsolute("http://a.example")).contains(target("a.example", 80, "/"));
    assertThat(EgressTarget.ofAbsolute("HTTP://a.example:/x?y=/#z"))
        .contains(target("a.example", 80, "/x?y=/"));
    assertThat(EgressTarget.ofAbsolute("http://a.example:81?q"))
        .contains(target("a.example", 81, "/?q"));
    assertThat(EgressTarget.ofAbsolute("http://[::1]/")).contains(target("[::1]", 80, "/"));
    assertThat(EgressTarget.ofAbsolute("http://[::1]:81/")).contains(target("[::1]", 81, "/"));
    assertThat(EgressTarget.ofTunnel("a.example:443")).contains(target("a.example", 443, ""));
  }

  @Test
  void userInfoIsNotAHost() {
    assertThat(EgressTarget.ofAbsolute("http://8.8.8.8:80@127.0.0.1:81/@x"))
        .contains(target("127.0.0.1", 81, "/@x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "https://a.example/",
        "http:///x",
        "http://a:0/",
        "http://a:65536/",
        "http://a:b/",
        "http://:80/"
      })
  void urlWithoutHostIsNotATarget(String url) {
    assertThat(EgressTarget.ofAbsolute(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.example", "a.example:", "a.example:x", ":443", "a:-1"})
  void tunnelNeedsHostAndPort(String authority) {
    assertThat(EgressTarget.ofTunnel(authority)).isEmpty();
  }

  private static EgressTarget target(String host, int port, String path) {
    return new EgressTarget(host, port, path);
  }
}
