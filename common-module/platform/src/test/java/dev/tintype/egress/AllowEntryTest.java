package dev.tintype.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowEntryTest {
  @Test
  void anEntryIsAHostADomainAnAddressOrANetwork() {
    assertThat(AllowEntry.parse(" Intranet.Example. "))
        .isEqualTo(new AllowEntry.NamedHost("intranet.example"));
    assertThat(AllowEntry.parse("*.Example.com"))
        .isEqualTo(new AllowEntry.Subdomains("example.com"));
    assertThat(AllowEntry.parse("10.0.0.7")).isEqualTo(AllowEntry.parse("10.0.0.7/32"));
    assertThat(AllowEntry.parse("[FD00::7]")).isEqualTo(AllowEntry.parse("fd00::7/128"));
    assertThat(AllowEntry.parse("0.0.0.0/0")).isInstanceOf(AllowEntry.Network.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', not a host name",
    "*, not a host name",
    "a.*.example, not a host name",
    "*.10.0.0.1, not a host name",
    "http://intranet.example/, is a URL",
    "intranet.example:8080, not an IPv6 address",
    "intranet.example/24, not an IP address",
    "10.0.0.0/33, the prefix is /0 to /32",
    "10.0.0.0/-1, the prefix is /0 to /32",
    "10.0.0.0/x, no number behind the slash",
    "10.1.0.0/8, 'has bits set beyond /8; write 10.0.0.0/8'",
    "fd00::1/64, has bits set beyond /64",
    "010.0.0.1, is written 8.0.0.1",
    "127.1, is written 127.0.0.1",
    "::ffff:10.0.0.0/8, is written 10.0.0.0",
    "fe80::1%eth0, zone id",
  })
  void nonsenseIsRefusedWithTheReasonAndWhatIsAllowed(String entry, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowEntry.parse(entry))
        .withMessageContaining("allow entry \"" + entry + "\"")
        .withMessageContaining(reason)
        .withMessageContaining("an entry is a host name");
  }
}
