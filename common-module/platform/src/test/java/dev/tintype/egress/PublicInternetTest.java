package dev.tintype.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.egress.EgressDecision.Allowed;
import dev.tintype.egress.EgressDecision.Refused;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of addresses, asked as literals and as answers of a name service. */
class PublicInternetTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0/8",
    "0.1.2.3, 0.0.0.0/8",
    "10.0.0.1, 10.0.0.0/8",
    "10.255.255.255, 10.0.0.0/8",
    "100.64.0.1, 100.64.0.0/10",
    "100.127.255.255, 100.64.0.0/10",
    "127.0.0.1, 127.0.0.0/8",
    "127.255.255.254, 127.0.0.0/8",
    "169.254.0.1, 169.254.0.0/16",
    "169.254.169.254, cloud metadata",
    "168.63.129.16, metadata",
    "172.16.0.1, 172.16.0.0/12",
    "172.31.255.255, 172.16.0.0/12",
    "192.0.0.192, 192.0.0.0/24",
    "192.0.2.1, 192.0.2.0/24",
    "192.88.99.1, 192.88.99.0/24",
    "192.168.255.255, 192.168.0.0/16",
    "198.18.0.1, 198.18.0.0/15",
    "198.19.255.255, 198.18.0.0/15",
    "198.51.100.7, 198.51.100.0/24",
    "203.0.113.7, 203.0.113.0/24",
    "224.0.0.1, 224.0.0.0/4",
    "239.255.255.250, 224.0.0.0/4",
    "240.0.0.1, 240.0.0.0/4",
    "255.255.255.255, broadcast",
    "::, unspecified",
    "::1, loopback",
    "::8.8.8.8, IPv4-compatible",
    "64:ff9b:1::808:808, 64:ff9b:1:",
    "100::1, discard",
    "2001::1, Teredo",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, Teredo",
    "2001:2::1, RFC 2928",
    "2001:db8::1, documentation",
    "3fff::1, documentation",
    "4000::1, outside 2000::/3",
    "5f00::1, segment routing",
    "fc00::1, unique local",
    "fd00:ec2::254, unique local",
    "fe80::1, link-local",
    "febf::1, link-local",
    "fec0::1, site-local",
    "ff02::1, multicast",
  })
  void anAddressThatIsNotPublicIsRefusedWithItsRangeInTheLog(String address, String range) {
    assertThat(refused(address).reason()).contains(range);
    assertThat(refusedAsAnswer(address).reason()).contains(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2606:4700:4700::1111",
        "2a00:1450:4001:80b::200e",
        "3fff:1000::1",
      })
  void aPublicAddressIsAllowed(String address) {
    assertThat(allowed(decide(address))).containsExactly(address(address));
    assertThat(allowed(decideAnswer(address))).containsExactly(address(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:10.0.0.1",
        "::ffff:a00:1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2a00::5efe:10.0.0.1",
        "2a00::200:5efe:a00:1",
      })
  void anAddressThatCarriesAPrivateOneIsRefused(String address) {
    assertThat(refused(address).reason()).contains("10.0.0.1 in 10.0.0.0/8");
    assertThat(refusedAsAnswer(address).reason()).contains("10.0.0.1 in 10.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"})
  void anAddressThatCarriesAPublicOneIsAllowed(String address) {
    assertThat(decide(address)).isInstanceOf(Allowed.class);
  }

  @Test
  void anIsatapAddressIsJudgedOnBothItsHalves() {
    assertThat(refused("fe80::5efe:8.8.8.8").reason()).contains("link-local");
    assertThat(decide("2a00::5efe:8.8.8.8")).isInstanceOf(Allowed.class);
  }

  private static EgressDecision decide(String literal) {
    HostResolver nobody = host -> Future.failedFuture(new AssertionError("asked for " + host));
    return new EgressPolicy(EgressMode.PUBLIC, List.of(), nobody).decide(literal).result();
  }

  private static EgressDecision decideAnswer(String address) {
    HostResolver resolver = host -> Future.succeededFuture(List.of(address(address)));
    return new EgressPolicy(EgressMode.PUBLIC, List.of(), resolver).decide("name.example").result();
  }

  private static Refused refused(String literal) {
    return refused(decide(literal));
  }

  private static Refused refusedAsAnswer(String address) {
    return refused(decideAnswer(address));
  }

  private static Refused refused(EgressDecision decision) {
    assertThat(decision).isInstanceOf(Refused.class);
    return (Refused) decision;
  }

  private static List<InetAddress> allowed(EgressDecision decision) {
    assertThat(decision).isInstanceOf(Allowed.class);
    return ((Allowed) decision).addresses();
  }

  private static InetAddress address(String literal) {
    return ((Host.Literal) Host.parse(literal)).address();
  }
}
