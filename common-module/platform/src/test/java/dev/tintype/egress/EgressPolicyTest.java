package dev.tintype.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.egress.EgressDecision.Allowed;
import dev.tintype.egress.EgressDecision.Refused;
import dev.tintype.egress.EgressDecision.Unresolved;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {
  private final List<String> asked = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0X7F.1",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "0x7f.0x0.0x0.0x1",
        "１２７.0.0.1",
        "127。0。0。1",
        "[::1]",
        "[::FFFF:127.0.0.1]",
        "0:0:0:0:0:0:0:1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.b.localhost",
      })
  void everySpellingOfLoopbackIsRefusedWithoutAskingTheNameService(String host) {
    assertThat(refused(policy("8.8.8.8"), host).reason()).contains("loopback");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.09",
        "name.0x",
        "name.7",
        "4294967296",
        "fe80::1%eth0",
        "[fe80::1%25eth0]",
        "[::1",
        "::1]",
        "1::2::3",
        "[127.0.0.1]",
        "a b",
        "a%2eb",
        "a/b",
        "user@host",
        "host:80",
        "a\r\nb",
        "99999999999999999999",
      })
  void whatABrowserCallsNoHostIsRefusedWithoutAskingTheNameService(String host) {
    assertThat(refused(policy("8.8.8.8"), host).message())
        .contains("not a valid host")
        .doesNotContain("\n");
    assertThat(asked).isEmpty();
  }

  @Test
  void aNameIsResolvedInItsOneCanonicalSpelling() {
    decide(policy("8.8.8.8"), "WWW.Bücher.Example.");

    assertThat(asked).containsExactly("www.xn--bcher-kva.example");
  }

  @Test
  void oneBadAddressAmongGoodOnesCondemnsTheHost() {
    EgressPolicy policy = policy("8.8.8.8", "2606:4700:4700::1111", "10.0.0.1");

    assertThat(refused(policy, "rebind.example").reason())
        .isEqualTo("host rebind.example has address 10.0.0.1 in 10.0.0.0/8 (private, RFC 1918)");
  }

  @Test
  void aRefusalNamesTheFlagAndNoResolvedAddress() {
    assertThat(refused(policy("10.0.0.1"), "Intranet.Example").message())
        .isEqualTo(
            "host Intranet.Example is not on the public internet; an operator can allow it with"
                + " --egress-allow intranet.example");
    assertThat(refused(policy(), "127.1").message()).endsWith("--egress-allow 127.0.0.1");
  }

  @Test
  void theAddressesOfTheDecisionAreTheOnesThatWereChecked() {
    List<String> answers = new ArrayList<>(List.of("8.8.8.8", "127.0.0.1"));
    HostResolver rebinding = host -> Future.succeededFuture(List.of(address(answers.remove(0))));
    EgressPolicy policy = new EgressPolicy(EgressMode.PUBLIC, List.of(), rebinding);

    assertThat(allowed(policy, "rebind.example").addresses()).containsExactly(address("8.8.8.8"));
    assertThat(decide(policy, "rebind.example")).isInstanceOf(Refused.class);
  }

  @Test
  void anAllowedNameMayHaveAnyAddress() {
    EgressPolicy policy = allowing(List.of("intranet.example"), "10.0.0.1", "8.8.8.8");

    assertThat(allowed(policy, "INTRANET.example.").addresses()).hasSize(2);
    assertThat(decide(policy, "www.intranet.example")).isInstanceOf(Refused.class);
  }

  @Test
  void anAllowedDomainCoversItsSubdomainsAtAnyDepthButNotItself() {
    EgressPolicy policy = allowing(List.of("*.corp.example"), "10.0.0.1");

    assertThat(decide(policy, "a.corp.example")).isInstanceOf(Allowed.class);
    assertThat(decide(policy, "a.b.corp.example")).isInstanceOf(Allowed.class);
    assertThat(decide(policy, "corp.example")).isInstanceOf(Refused.class);
    assertThat(decide(policy, "evilcorp.example")).isInstanceOf(Refused.class);
  }

  @Test
  void anAllowedNetworkCoversLiteralsAndResolvedAddresses() {
    EgressPolicy policy = allowing(List.of("10.1.0.0/16", "fd00::/8"), "10.1.2.3", "fd00::1");

    assertThat(decide(policy, "name.example")).isInstanceOf(Allowed.class);
    assertThat(decide(policy, "10.1.255.255")).isInstanceOf(Allowed.class);
    assertThat(decide(policy, "[::ffff:10.1.0.1]")).isInstanceOf(Allowed.class);
    assertThat(decide(policy, "64:ff9b::10.1.0.1")).isInstanceOf(Allowed.class);
    assertThat(decide(policy, "10.2.0.0")).isInstanceOf(Refused.class);
  }

  @Test
  void anAllowedAddressDoesNotExcuseItsNeighbour() {
    assertThat(decide(allowing(List.of("10.0.0.1"), "10.0.0.1", "10.0.0.2"), "name.example"))
        .isInstanceOf(Refused.class);
  }

  @Test
  void modeAnyAllowsEveryAddressAndStillNoNonsense() {
    EgressPolicy policy = new EgressPolicy(EgressMode.ANY, List.of(), this::fail);

    assertThat(allowed(policy, "169.254.169.254").addresses()).hasSize(1);
    assertThat(allowed(policy, "localhost").addresses()).contains(address("::1"));
    assertThat(decide(policy, "a b")).isInstanceOf(Refused.class);
  }

  @Test
  void aNameWithoutAddressesIsUnresolvedAndNotRefused() {
    assertThat(decide(policy(), "gone.example"))
        .isEqualTo(new Unresolved("host gone.example does not resolve"));
    assertThat(decide(new EgressPolicy(EgressMode.PUBLIC, List.of(), this::fail), "gone.example"))
        .isEqualTo(new Unresolved("host gone.example does not resolve"));
  }

  @Test
  void aNameServiceThatGivesNoAnswerIsNamedWithItsLimit() {
    HostResolver slow = host -> Future.failedFuture(new TimeoutException("no answer within 5 s"));

    assertThat(decide(new EgressPolicy(EgressMode.PUBLIC, List.of(), slow), "slow.example"))
        .isEqualTo(new Unresolved("host slow.example does not resolve: no answer within 5 s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://8.8.8.8/", "gopher://8.8.8.8", "8.8.8.8"})
  void aSchemeOtherThanHttpIsRefused(String url) {
    assertThat(decide(policy(), URI.create(url)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.message()).contains("only http and https"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/x",
        "HTTPS://[::1]/",
        "http://[::1]:80/",
        "http://0x7f.1/",
        "http://0x7f.1:80/",
        "http://8.8.8.8@127.0.0.1./",
        "http://8.8.8.8@0x7f.1:80/",
        "http://2130706433/",
        "http:/8.8.8.8",
        "http://%31%32%37.0.0.1/",
      })
  void aUrlIsJudgedByTheHostThatABrowserWouldOpen(String url) {
    assertThat(decide(policy("8.8.8.8"), URI.create(url))).isInstanceOf(Refused.class);
  }

  @Test
  void aPublicUrlIsAllowedWithTheAddressesOfItsHost() {
    assertThat(decide(policy("8.8.8.8"), URI.create("https://user@my_host.example:8443/?q")))
        .isEqualTo(new Allowed(List.of(address("8.8.8.8"))));
    assertThat(asked).containsExactly("my_host.example");
  }

  private Future<List<InetAddress>> fail(String host) {
    return Future.failedFuture(new UnknownHostException(host));
  }

  private EgressPolicy policy(String... addresses) {
    return allowing(List.of(), addresses);
  }

  private EgressPolicy allowing(List<String> entries, String... addresses) {
    return new EgressPolicy(
        EgressMode.PUBLIC,
        entries.stream().map(AllowEntry::parse).toList(),
        host -> {
          asked.add(host);
          return Future.succeededFuture(
              Arrays.stream(addresses).map(EgressPolicyTest::address).toList());
        });
  }

  private static EgressDecision decide(EgressPolicy policy, String host) {
    return policy.decide(host).result();
  }

  private static EgressDecision decide(EgressPolicy policy, URI url) {
    return policy.decide(url).result();
  }

  private static Refused refused(EgressPolicy policy, String host) {
    EgressDecision decision = decide(policy, host);
    assertThat(decision).isInstanceOf(Refused.class);
    return (Refused) decision;
  }

  private static Allowed allowed(EgressPolicy policy, String host) {
    EgressDecision decision = decide(policy, host);
    assertThat(decision).isInstanceOf(Allowed.class);
    return (Allowed) decision;
  }

  /** A literal, so that no test asks a name service. */
  private static InetAddress address(String literal) {
    return ((Host.Literal) Host.parse(literal)).address();
  }
}
