package io.berth.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final AddressPolicy PUBLIC =
      AddressPolicy.publicOnly(List.of(PortRange.parse("443"), PortRange.parse("1024-65535")));
  private static final AddressPolicy LOCAL = AddressPolicy.allowLoopback();

  @ParameterizedTest
  @CsvSource({
    "https://provider.example.com:8443, provider.example.com, 8443",
    "https://provider.example.com:8443/, provider.example.com, 8443",
    "https://provider.example.com, provider.example.com, 443",
    "HTTPS://Provider.Example.COM:31234, provider.example.com, 31234",
    "https://p-1.xn--bcher-kva.example:65535, p-1.xn--bcher-kva.example, 65535"
  })
  void readsWhatProvidersPublish(String uri, String host, int port) throws Exception {
    assertThat(Endpoint.of(uri, PUBLIC, resolvingTo("8.8.8.8")))
        .isEqualTo(new Endpoint(host, port, List.of(InetAddress.ofLiteral("8.8.8.8"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "provider.example.com",
        "http://provider.example.com:8443",
        "ftp://provider.example.com",
        "file:///etc/passwd",
        "https:provider.example.com",
        "https://",
        "https:///status",
        "https://user@provider.example.com:8443",
        "https://user:secret@provider.example.com",
        "https://provider.example.com@127.0.0.1",
        "https://provider.example.com:8443/admin",
        "https://provider.example.com:8443//",
        "https://provider.example.com:8443?x=1",
        "https://provider.example.com:8443#x",
        "https://provider.example.com:0",
        "https://provider.example.com:22",
        "https://provider.example.com:80",
        "https://provider.example.com:1023",
        "https://provider.example.com:65536",
        "https://provider.example.com:99999999999",
        "https://provider.example.com.:8443",
        "https://provider_1.example.com:8443",
        "https://provider example.com",
        "https://provider.example.com\\@127.0.0.1",
        "https://8.8.8.8:8443",
        "https://[2606:4700::1111]:8443",
        "https://[::ffff:8.8.8.8]:8443",
        "https://134744072:8443",
        "https://0x08080808:8443",
        "https://8.8.8.0x8:8443",
        "https://localhost:8443",
        "https://metadata:8443",
        "https://gateway.local:8443",
        "https://a.localhost:8443",
        "https://metadata.google.internal",
        "https://-a.example.com:8443"
      })
  void refusesAnyOtherUriBeforeResolvingIt(String uri) {
    List<String> resolved = new ArrayList<>();

    assertThatExceptionOfType(Endpoint.RefusedException.class)
        .isThrownBy(
            () ->
                Endpoint.of(
                    uri,
                    PUBLIC,
                    host -> {
                      resolved.add(host);
                      return List.of(InetAddress.ofLiteral("8.8.8.8"));
                    }));
    assertThat(resolved).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void refusesAHostWithAnAddressThatIsNotPublic(String address) {
    assertThatExceptionOfType(Endpoint.RefusedException.class)
        .isThrownBy(() -> Endpoint.of("https://p.example", PUBLIC, resolvingTo(address)));
    assertThatExceptionOfType(Endpoint.RefusedException.class)
        .as("among public ones")
        .isThrownBy(
            () -> Endpoint.of("https://p.example", PUBLIC, resolvingTo("8.8.8.8", address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2606:4700:4700::1111",
        "2a00:1450:4001::1"
      })
  void acceptsPublicAddressesUpToTheEdge(String address) throws Exception {
    assertThat(Endpoint.of("https://p.example", PUBLIC, resolvingTo(address)).addresses())
        .containsExactly(InetAddress.ofLiteral(address));
  }

  @Test
  void aHostWithoutAddressIsUnknown() {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> Endpoint.of("https://p.example", PUBLIC, resolvingTo()));
  }

  @ParameterizedTest
  @ValueSource(ints = {443, 1024, 8442, 8444, 65535})
  void onlyTheConfiguredPortsAreAllowed(int port) throws Exception {
    AddressPolicy only8443 = AddressPolicy.publicOnly(List.of(PortRange.parse("8443")));

    assertThat(Endpoint.of("https://p.example:8443", only8443, resolvingTo("8.8.8.8")).port())
        .isEqualTo(8443);
    assertThatExceptionOfType(Endpoint.RefusedException.class)
        .isThrownBy(
            () -> Endpoint.of("https://p.example:" + port, only8443, resolvingTo("8.8.8.8")))
        .withMessage("its port is not allowed");
  }

  @Test
  void anHttpsUriWithoutPortNeeds443AmongTheConfiguredOnes() {
    AddressPolicy only8443 = AddressPolicy.publicOnly(List.of(PortRange.parse("8443")));

    assertThatExceptionOfType(Endpoint.RefusedException.class)
        .isThrownBy(() -> Endpoint.of("https://p.example", only8443, resolvingTo("8.8.8.8")));
  }

  @Test
  void aPolicyWithoutPortsIsAMistakeInTheConfiguration() {
    assertThatIllegalArgumentException().isThrownBy(() -> AddressPolicy.publicOnly(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "0",
        "65536",
        "443-",
        "-443",
        "9-8",
        "1-65536",
        "x",
        "8443,443",
        "443--8"
      })
  void whatIsNoRangeOfPortsIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PortRange.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://localhost:80", "https://127.0.0.1:8443", "https://[::1]:9"})
  void localModeAllowsThisMachineByAnyNameAndPort(String uri) throws Exception {
    assertThat(Endpoint.of(uri, LOCAL, resolvingTo("127.0.0.1", "::1")).addresses()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "169.254.169.254", "fd00:ec2::254", "192.168.1.1"})
  void localModeAllowsNoOtherPrivateAddress(String address) {
    assertThatExceptionOfType(Endpoint.RefusedException.class)
        .isThrownBy(() -> Endpoint.of("https://p.example", LOCAL, resolvingTo(address)));
  }

  private static Endpoint.Resolver resolvingTo(String... addresses) {
    return host -> Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
  }
}
