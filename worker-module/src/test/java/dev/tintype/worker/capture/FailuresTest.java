package dev.tintype.worker.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    "http://Example.com/a, example.com",
    "https://example.com:8443?q=a|b{c}, example.com",
    "http://user:word@example.com#x@y, example.com",
    "http://[::1]:80/, [::1]",
    "http://[::1], [::1]",
    "about:blank, ''",
  })
  void hostIsReadFromUrl(String url, String host) {
    assertThat(Failures.host(url)).isEqualTo(host);
  }
}
